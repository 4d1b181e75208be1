/** How two things are linked: choosing the two, and the chain of facts with their sentences. */

import * as api from "../api";
import { useLoad } from "../load";
import * as paths from "../paths";
import type { Step } from "../types";
import { Picker } from "./picker";
import { AnnouncementLine, Thing } from "./thing";

type Side = "start" | "end";

export function Ends({ start, end, onChange }: { start: string; end: string; onChange: (side: Side, iri: string) => void }) {
  return (
    <>
      <End label="Path from" side="start" iri={start} onChange={onChange} />
      <End label="to" side="end" iri={end} onChange={onChange} />
    </>
  );
}

function End({ label, side, iri, onChange }: { label: string; side: Side; iri: string; onChange: (side: Side, iri: string) => void }) {
  // The address holds the IRI only: its name is asked for.
  const [named] = useLoad(async (signal) => (iri === "" ? "" : (await api.entity(iri, 0, signal)).label), iri);
  const text = named.state === "ready" && iri !== "" ? named.data : "";
  return (
    <Picker
      label={label}
      placeholder="Name of a thing"
      text={text}
      onPick={(thing) => onChange(side, thing.iri)}
    />
  );
}

export function Chain({ steps }: { steps: Step[] | null }) {
  if (steps === null) return <p class="note">Nothing that is known links the two.</p>;
  return (
    <section aria-label="How they are linked">
      <ol class="chain">
        {steps.map((step) => (
          <li key={`${step.from.iri} ${step.to.iri}`}>
            <p>
              <Thing of={step.forward ? step.from : step.to} /> <em>{step.relation.label}</em> <Thing of={step.forward ? step.to : step.from} />
            </p>
            {step.quote !== null && <blockquote>{step.quote}</blockquote>}
            {step.document !== null && (
              <p class="source">
                <AnnouncementLine of={step.document} href={paths.document(step.document.iri)} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
