/** What a person should look at first, and what they decide. */

import { useId } from "preact/hooks";
import { useSearchParams } from "wouter-preact";

import * as api from "../api";
import { canDecide, useCurator } from "../curator";
import { useInfo } from "../info";
import { useLoad } from "../load";
import { Decide } from "../parts/decide";
import { EvidenceList } from "../parts/evidence";
import { Pages } from "../parts/pages";
import { Shown } from "../parts/status";
import { Thing, ValueOf, wordsOf } from "../parts/thing";
import { Title } from "../parts/title";
import type { ReviewItem } from "../types";
import { counted, share } from "../words";

const PAGE = 20;
const REASONS = { unsure: "unsure", conflict: "contradicted" };

export function Review() {
  const info = useInfo();
  const [search, setSearch] = useSearchParams();
  const offset = Number(search.get("offset") ?? 0);
  const [loaded] = useLoad((signal) => api.review(offset, PAGE, signal), String(offset));
  return (
    <>
      <Title name="Review" />
      {info.curation ? (
        <Who />
      ) : (
        <p class="note">
          This server takes no decisions: start it with <code>urbi serve --token-file FILE</code>, or use <code>urbi review</code>.
        </p>
      )}
      <Shown loaded={loaded}>
        {({ items, total }) => (
          <section aria-label="Statements to look at">
            <p role="status">{counted(total, "statement")}, contradictions and the least sure first</p>
            <ol class="review" start={offset + 1}>
              {items.map((item) => (
                <Item key={JSON.stringify([item.subject.iri, item.relation.iri, item.value])} item={item} />
              ))}
            </ol>
            <Pages offset={offset} size={PAGE} total={total} onTurn={(offset) => setSearch({ offset: String(offset) })} />
          </section>
        )}
      </Shown>
    </>
  );
}

function Item({ item }: { item: ReviewItem }) {
  return (
    <li>
      <h2 class="statement">
        <Thing of={item.subject} /> <em>{item.relation.label}</em> <ValueOf value={item.value} />
      </h2>
      <p class="quiet">
        {share(item.confidence)} · {REASONS[item.reason]}
        {item.against.map(({ value }) => (
          <span key={wordsOf(value)}>
            {" "}
            · or <ValueOf value={value} />
          </span>
        ))}
      </p>
      <EvidenceList evidence={item.evidence} />
      <Decide triple={item} />
    </li>
  );
}

/** Asks for the name and the secret of who decides. */
function Who() {
  const [curator, keep] = useCurator();
  const [author, token] = [useId(), useId()];
  return (
    <form class="who" aria-label="Who decides" onSubmit={(event) => event.preventDefault()}>
      <span class="field">
        <label for={author}>Your name</label>
        <input id={author} autocomplete="name" value={curator.author} onInput={(event) => keep({ ...curator, author: event.currentTarget.value })} />
      </span>
      <span class="field">
        <label for={token}>Token</label>
        <input
          id={token}
          type="password"
          autocomplete="off"
          value={curator.token}
          onInput={(event) => keep({ ...curator, token: event.currentTarget.value })}
        />
      </span>
      {!canDecide(curator) && <p class="quiet">With both you can accept, reject and correct, here and wherever a fact shows its evidence.</p>}
    </form>
  );
}
