/** Why something holds: the words, the rule, and the way to the document. */

import { Link } from "wouter-preact";

import * as api from "../api";
import { useLoad } from "../load";
import * as paths from "../paths";
import type { Evidence, Passage, Triple } from "../types";
import { share } from "../words";
import { Decide } from "./decide";
import { Shown } from "./status";
import { AnnouncementLine } from "./thing";

/** All evidence of a statement, and what a curator can do about it. */
export function EvidenceOf({ triple }: { triple: Triple }) {
  const key = JSON.stringify([triple.subject.iri, triple.relation.iri, triple.value]);
  const [loaded, again] = useLoad((signal) => api.evidence(triple, signal), key);
  return (
    <div class="evidence">
      <Shown loaded={loaded}>
        {({ statements }) => (
          <>
            {statements.length === 0 && <p class="quiet">No document states this in words: it follows from what others state.</p>}
            {statements.map((statement) => (
              <EvidenceList key={statement.relation.iri} evidence={statement.evidence} />
            ))}
            <Decide triple={triple} onDecided={again} />
          </>
        )}
      </Shown>
    </div>
  );
}

export function EvidenceList({ evidence }: { evidence: Evidence[] }) {
  return (
    <ul class="quotes">
      {evidence.map((piece) => (
        <li key={piece.iri}>
          <Quote of={piece.passage} />
          {piece.restsOn.map((passage) => (
            <div key={passage.iri} class="rests-on">
              <span class="quiet">with</span> <Quote of={passage} />
            </div>
          ))}
          <p class="source">
            <AnnouncementLine of={piece.passage.document} href={paths.passage(piece.passage)} />
            <span class="quiet">
              {" "}
              · {share(piece.confidence)} · rule <a href={paths.resource(piece.rule.iri)}>{piece.rule.name}</a>
              {piece.cites.length > 0 && ` · with ${piece.cites.map(lastPart).join(", ")}`}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

const lastPart = (iri: string) => decodeURIComponent(iri.split("/").slice(-2).join(" "));

function Quote({ of }: { of: Passage }) {
  return (
    <blockquote>
      <Link href={paths.passage(of)} title="Read it in its document">
        {of.quote}
      </Link>
    </blockquote>
  );
}
