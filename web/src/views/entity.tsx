/** All that is known of one thing, each fact with its evidence. */

import { lazy, Suspense } from "preact/compat";
import { useId, useState } from "preact/hooks";
import { Link, useSearchParams } from "wouter-preact";

import * as api from "../api";
import { useLoad } from "../load";
import { EvidenceOf } from "../parts/evidence";
import { Loading, Shown } from "../parts/status";
import { AnnouncementLine, ClassName, Outward, ValueOf, wordsOf } from "../parts/thing";
import { Title } from "../parts/title";
import * as paths from "../paths";
import type { Entity, Relation, Stated, Triple } from "../types";
import { capital, counted, share } from "../words";

const MiniMap = lazy(() => import("../parts/minimap"));

/** How many incoming links are shown at first, and when all are wanted. */
const FEW = 50;
const ALL = 10_000;

export function EntityView() {
  const [search] = useSearchParams();
  const iri = search.get("iri") ?? "";
  const [limit, setLimit] = useState(FEW);
  const [loaded] = useLoad((signal) => api.entity(iri, limit, signal), `${iri} ${limit}`);
  return (
    <Shown loaded={loaded}>{(entity) => <Page key={entity.iri} entity={entity} onAll={() => setLimit(ALL)} />}</Shown>
  );
}

function Page({ entity, onAll }: { entity: Entity; onAll: () => void }) {
  return (
    <article class="entity">
      <Title name={entity.label} />
      <p class="classes">
        {entity.classes.map((term) => (
          <ClassName key={term.iri} name={term.name} />
        ))}
      </p>
      {entity.names.length > 0 && <p class="quiet">Also: {entity.names.join(" · ")}</p>}
      <div class="beside">
        <div>
          <Facts entity={entity} />
          <Incoming entity={entity} onAll={onAll} />
        </div>
        <aside aria-label="Place, sources and forms">
          {entity.location !== null && (
            <Suspense fallback={<Loading />}>
              <MiniMap location={entity.location} />
            </Suspense>
          )}
          <Announcements entity={entity} />
          <Forms entity={entity} />
        </aside>
      </div>
    </article>
  );
}

/** Statements by their relation, in the order in which they come. */
function grouped<S extends Stated>(statements: S[]): [Relation, S[]][] {
  const groups = new Map<string, [Relation, S[]]>();
  for (const statement of statements) {
    const group = groups.get(statement.relation.iri);
    if (group === undefined) groups.set(statement.relation.iri, [statement.relation, [statement]]);
    else group[1].push(statement);
  }
  return [...groups.values()];
}

function Facts({ entity }: { entity: Entity }) {
  if (entity.facts.length === 0) return null;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <dl class="facts">
        {grouped(entity.facts).map(([relation, facts]) => (
          <div key={relation.iri}>
            <dt>{capital(relation.label)}</dt>
            {facts.map((fact) => (
              <FactLine key={wordsOf(fact.value)} stated={fact} triple={{ subject: entity, relation, value: fact.value }} />
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Incoming({ entity, onAll }: { entity: Entity; onAll: () => void }) {
  if (entity.incoming.length === 0) return null;
  return (
    <section aria-labelledby="incoming">
      <h2 id="incoming">What leads here</h2>
      <dl class="facts">
        {grouped(entity.incoming).map(([relation, statements]) => (
          <div key={relation.iri}>
            <dt>{capital(relation.inverse ?? `${relation.label} (of others)`)}</dt>
            {statements.map((stated) => (
              <FactLine key={stated.value.iri} stated={stated} triple={{ subject: stated.value, relation, value: entity }} />
            ))}
          </div>
        ))}
      </dl>
      {entity.incoming.length < entity.incomingTotal && (
        <button type="button" onClick={onAll}>
          Show all {entity.incomingTotal}
        </button>
      )}
    </section>
  );
}

function FactLine({ stated, triple }: { stated: Stated; triple: Triple }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <dd>
      <span class="fact">
        <ValueOf value={stated.value} />
        {stated.evidence > 0 && (
          <button type="button" class="why" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            <span class="unseen">Why {wordsOf(stated.value)}: </span>
            {counted(stated.evidence, "source")}, {share(stated.confidence)}
          </button>
        )}
      </span>
      <div id={id} hidden={!open}>
        {open && <EvidenceOf triple={triple} />}
      </div>
    </dd>
  );
}

function Announcements({ entity }: { entity: Entity }) {
  if (entity.announcements.length === 0) return null;
  return (
    <section aria-labelledby="announced">
      <h2 id="announced">Announced on</h2>
      <ul class="lines">
        {entity.announcements.map((announcement) => (
          <li key={announcement.iri}>
            <AnnouncementLine of={announcement} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Forms({ entity }: { entity: Entity }) {
  return (
    <section aria-labelledby="more">
      <h2 id="more">More</h2>
      <ul class="lines">
        <li>
          <Link href={paths.graph(entity.iri)}>In the graph</Link>
        </li>
        <li>
          <a href={entity.page}>Its page without scripts</a>
        </li>
        <li>
          As <a href={paths.data(entity.iri, "ttl")}>Turtle</a>, <a href={paths.data(entity.iri, "jsonld")}>JSON-LD</a>,{" "}
          <a href={paths.data(entity.iri, "nt")}>N-Triples</a>
        </li>
        {entity.sameAs.map((iri) => (
          <li key={iri}>
            The same elsewhere: <Outward iri={iri} />
          </li>
        ))}
        <li class="quiet iri">{entity.iri}</li>
        {entity.aliases.map((iri) => (
          <li key={iri} class="quiet iri">
            {iri}
          </li>
        ))}
      </ul>
    </section>
  );
}
