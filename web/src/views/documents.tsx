/** The documents that were read. */

import { useId } from "preact/hooks";
import { useSearchParams } from "wouter-preact";

import * as api from "../api";
import { useLoad } from "../load";
import { Pages } from "../parts/pages";
import { Shown } from "../parts/status";
import { AnnouncementLine } from "../parts/thing";
import { Title } from "../parts/title";
import { counted } from "../words";

const PAGE = 50;

export function Documents() {
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const offset = Number(search.get("offset") ?? 0);
  const id = useId();
  const [loaded] = useLoad((signal) => api.documents(q, offset, PAGE, signal), `${offset} ${q}`);
  return (
    <>
      <Title name="Documents" />
      <form
        role="search"
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch({ q: new FormData(event.currentTarget).get("q") as string });
        }}
      >
        <label for={id}>Title or source</label>
        <input id={id} name="q" type="search" value={q} />
        <button type="submit">Find</button>
      </form>
      <Shown loaded={loaded}>
        {({ documents, total }) => (
          <section aria-label="Documents found">
            <p role="status">{counted(total, "document")}</p>
            <ul class="lines">
              {documents.map((document) => (
                <li key={document.iri}>
                  <AnnouncementLine of={document} />
                  <span class="quiet">
                    {" "}
                    · {counted(document.facts, "fact")} · {document.source}
                  </span>
                </li>
              ))}
            </ul>
            <Pages offset={offset} size={PAGE} total={total} onTurn={(offset) => setSearch({ q, offset: String(offset) })} />
          </section>
        )}
      </Shown>
    </>
  );
}
