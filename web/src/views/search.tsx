/** Where one begins: what there is, and finding a thing by its name. */

import { Link, useLocation, useSearchParams } from "wouter-preact";

import * as api from "../api";
import { useInfo } from "../info";
import { useLoad } from "../load";
import { Picker } from "../parts/picker";
import { Shown } from "../parts/status";
import { ClassName, Thing } from "../parts/thing";
import { Title } from "../parts/title";
import * as paths from "../paths";
import { count, counted } from "../words";

export function Search() {
  const [search] = useSearchParams();
  const [, go] = useLocation();
  const q = search.get("q") ?? "";
  const kind = search.get("class") ?? "";
  return (
    <>
      <Title name={q === "" && kind === "" ? "Urbi" : "Search"}>{q === "" && kind === "" ? "What do you want to know of?" : "Search"}</Title>
      <div role="search" class="search">
        <Picker
          label="Name of a city, a conference, a publication …"
          bare
          placeholder="Name of a city, a conference, a publication …"
          text={q}
          kind={kind}
          onPick={({ iri }) => go(paths.entity(iri))}
          onText={(text) => go(paths.home(text, kind))}
        />
      </div>
      <Kinds q={q} kind={kind} />
      {q !== "" ? <Hits q={q} kind={kind} /> : kind === "" ? <Beginnings /> : <All kind={kind} />}
    </>
  );
}

function Kinds({ q, kind }: { q: string; kind: string }) {
  const info = useInfo();
  return (
    <nav aria-label="Kinds of things">
      <ul class="chips">
        {info.classes.map((term) => (
          <li key={term.iri}>
            <Link href={paths.home(q, kind === term.name ? "" : term.name)} aria-current={kind === term.name ? "true" : undefined}>
              <ClassName name={term.name} /> <span class="quiet">{count(term.count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Hits({ q, kind }: { q: string; kind: string }) {
  const [loaded] = useLoad((signal) => api.suggest(q, 100, kind, signal), `${q}\n${kind}`);
  return (
    <Shown loaded={loaded}>
      {({ hits }) => (
        <section aria-label="Results">
          <p role="status">{hits.length === 100 ? "The first 100 results" : counted(hits.length, "result")}</p>
          <ul class="lines">
            {hits.map((hit) => (
              <li key={hit.iri}>
                <Thing of={hit} />
                <span class="quiet">
                  {hit.matched !== hit.label && ` (${hit.matched})`} {hit.detail}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Shown>
  );
}

/** The things of a kind that most is said of. */
function All({ kind }: { kind: string }) {
  const [loaded] = useLoad((signal) => api.graph([], { class: [kind], from: "", to: "" }, 200, signal), kind);
  return (
    <Shown loaded={loaded}>
      {({ nodes, asked }) => (
        <section aria-label="Things of this kind">
          <p role="status">{asked > nodes.length ? `The ${nodes.length} of ${count(asked)} that most is said of` : counted(asked, "thing")}</p>
          <ul class="lines columns">
            {nodes.map((node) => (
              <li key={node.iri}>
                <Thing of={node} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Shown>
  );
}

/** Questions to begin with. */
function Beginnings() {
  const info = useInfo();
  const [loaded] = useLoad(api.questions, "");
  return (
    <>
      <p class="quiet">
        {counted(info.entities, "thing")} and {counted(info.triples, "statement")} from{" "}
        <Link href="/app/documents">{counted(info.documents, "document")}</Link>. Each leads back to the words that state it.
      </p>
      <section aria-labelledby="questions">
        <h2 id="questions">Questions to ask</h2>
        <Shown loaded={loaded}>
          {({ queries }) => (
            <ul class="lines columns">
              {queries.map((query) => (
                <li key={query.name}>
                  <Link href={paths.query(query.name)}>{query.question}</Link>
                </li>
              ))}
            </ul>
          )}
        </Shown>
      </section>
    </>
  );
}
