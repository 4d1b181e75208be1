/** A document as Urbi read it, with what was found marked in its text. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { Link, useSearchParams } from "wouter-preact";

import * as api from "../api";
import { useLoad } from "../load";
import { Decide } from "../parts/decide";
import { Shown } from "../parts/status";
import { Outward, Thing, ValueOf } from "../parts/thing";
import { Title } from "../parts/title";
import * as paths from "../paths";
import { pieces, within } from "../spans";
import type { Block, Document, Span } from "../types";
import { counted, date, share } from "../words";

export function DocumentView() {
  const [search] = useSearchParams();
  const iri = search.get("iri") ?? "";
  const [start, end] = (search.get("at") ?? "").split("-").map(Number);
  const at: Span | null = start !== undefined && end !== undefined ? [start, end] : null;
  const [loaded] = useLoad((signal) => api.document(iri, signal), iri);
  return <Shown loaded={loaded}>{(document) => <Page document={document} at={at} />}</Shown>;
}

function Page({ document, at }: { document: Document; at: Span | null }) {
  return (
    <article class="document">
      <Title name={document.title || "Document"} />
      <p class="quiet">
        {document.announcedOn !== undefined && <>Announced on {date(document.announcedOn)} · </>}
        {document.sources.map((source) => (
          <Outward key={source} iri={source} />
        ))}{" "}
        · {document.mediaType} · <a href={api.original(document.iri)}>Original</a> ·{" "}
        <Link href={paths.entity(document.iri)}>As a thing</Link>
      </p>
      <div class="beside">
        <Text document={document} at={at} />
        <Found document={document} at={at} />
      </div>
    </article>
  );
}

/** The text block by block, passages marked, the chosen one brought into sight. */
function Text({ document, at }: { document: Document; at: Span | null }) {
  const text = useMemo(() => Array.from(document.text), [document]);
  const spans = useMemo(() => document.passages.map((passage) => passage.span), [document]);
  const [, setSearch] = useSearchParams();
  const element = useRef<HTMLElement>(null);
  const key = at?.join("-") ?? "";
  useEffect(() => {
    if (key !== "") element.current?.querySelector("mark.chosen")?.scrollIntoView({ block: "center" });
  }, [key]);
  const choose = (span: Span) => setSearch({ iri: document.iri, at: span.join("-") }, { replace: true });
  return (
    <section class="text" aria-label="Text" ref={element}>
      {document.blocks.map((block) => (
        <BlockOf key={block.span[0]} block={block}>
          {pieces(block.span, spans, at).map((piece) => {
            const words = text.slice(piece.span[0], piece.span[1]).join("");
            if (piece.chosen) return <mark class="chosen">{words}</mark>;
            const of = piece.of;
            return of === undefined ? words : <mark onClick={() => choose(of)}>{words}</mark>;
          })}
        </BlockOf>
      ))}
    </section>
  );
}

function BlockOf({ block, children }: { block: Block; children: preact.ComponentChildren }) {
  // The document's own headings stand below the heading of the view.
  if (block.kind === "headline") return <h2>{children}</h2>;
  if (block.kind === "heading") return <h3>{children}</h3>;
  return <p class={block.kind}>{children}</p>;
}

/** What was found, passage by passage. */
function Found({ document, at }: { document: Document; at: Span | null }) {
  const element = useRef<HTMLOListElement>(null);
  const key = at?.join("-") ?? "";
  useEffect(() => {
    const list = element.current;
    const chosen = list?.querySelector<HTMLElement>("[aria-current]");
    if (list && chosen) list.scrollTop = chosen.offsetTop - list.offsetTop - 8;
  }, [key]);
  const facts = document.passages.reduce((sum, passage) => sum + passage.facts.length, 0);
  return (
    <aside class="found" aria-labelledby="found">
      <h2 id="found">What it states</h2>
      <p class="quiet">
        {counted(facts, "fact")} in {counted(document.passages.length, "passage")}
      </p>
      {/* Tab reaches the list, so that the keyboard can scroll it. */}
      <ol ref={element} tabIndex={0} aria-labelledby="found">
        {document.passages.map((passage) => (
          <li key={passage.iri} aria-current={at !== null && within(passage.span, at) ? "true" : undefined}>
            <Link class="quote" href={paths.document(document.iri, passage.span)} replace>
              {passage.quote}
            </Link>
            <ul>
              {passage.facts.map((fact) => (
                <li key={`${fact.evidence} ${fact.relation.iri} ${JSON.stringify(fact.value)}`} class={fact.inGraph ? undefined : "overruled"}>
                  <Thing of={fact.subject} /> <em>{fact.relation.label}</em> <ValueOf value={fact.value} />{" "}
                  <span class="quiet">
                    {share(fact.confidence)} · {fact.rule.name}
                    {!fact.inGraph && " · overruled"}
                  </span>
                  <Decide triple={fact} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </aside>
  );
}
