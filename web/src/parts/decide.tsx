/** Accept, reject, correct: a curator's decision on a statement, and taking it back. */

import { useId, useState } from "preact/hooks";

import { announce } from "../announce";
import * as api from "../api";
import { canDecide, useCurator } from "../curator";
import { useInfo } from "../info";
import type { Decision, Literal, Outward, Triple, Value } from "../types";
import { Picker } from "./picker";
import { Failed } from "./status";
import { wordsOf } from "./thing";

const DONE = { accept: "Accepted", reject: "Rejected", correct: "Corrected", undo: "Undone" } as const;

/** A value as a decision names it. */
const term = (value: Value): Outward | Literal => ("iri" in value ? { iri: value.iri } : value);

export function Decide({ triple, onDecided }: { triple: Triple; onDecided?: () => void }) {
  const info = useInfo();
  const [curator] = useCurator();
  const [taken, setTaken] = useState<{ action: Decision["action"]; decision: string } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const [reason, setReason] = useState("");
  const reasonId = useId();
  if (!info.curation || !canDecide(curator)) return null;

  const { subject, relation, value } = triple;
  const what = `${subject.label} ${relation.label} ${wordsOf(value)}`;
  const take = async (decision: Pick<Decision, "action" | "s" | "p" | "o" | "value" | "decision">) => {
    try {
      const who = { author: curator.author, time: new Date().toISOString(), ...(reason === "" ? {} : { reason }) };
      const { decision: iri } = await api.decide({ ...decision, ...who }, curator.token);
      setTaken({ action: decision.action, decision: iri });
      setError(null);
      setCorrecting(false);
      announce(`${DONE[decision.action]}: ${what}`);
      onDecided?.();
    } catch (refused) {
      setError(refused as Error);
    }
  };
  const on = { s: subject.iri, p: relation.iri, o: term(value) };

  if (taken !== null && taken.action !== "undo") {
    return (
      <p class="decide">
        <strong>{DONE[taken.action]}.</strong>{" "}
        <button type="button" onClick={() => take({ action: "undo", decision: taken.decision })}>
          Undo
        </button>
        {error !== null && <Failed error={error} />}
      </p>
    );
  }
  return (
    <div class="decide" role="group" aria-label={`Decide on: ${what}`}>
      <button type="button" class="yes" onClick={() => take({ action: "accept", ...on })}>
        Accept
      </button>
      <button type="button" class="no" onClick={() => take({ action: "reject", ...on })}>
        Reject
      </button>
      <button type="button" aria-expanded={correcting} onClick={() => setCorrecting(!correcting)}>
        Correct …
      </button>
      <span class="field">
        <label for={reasonId}>Reason</label>
        <input id={reasonId} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </span>
      {correcting && <Correction triple={triple} onCorrect={(value) => take({ action: "correct", ...on, value })} />}
      {error !== null && <Failed error={error} />}
    </div>
  );
}

/** Asks for the value that is true: a thing by its name, or the words of a literal. */
function Correction({ triple, onCorrect }: { triple: Triple; onCorrect: (value: Outward | Literal) => void }) {
  const { value } = triple;
  const [text, setText] = useState("value" in value ? value.value : value.iri);
  const id = useId();
  if ("label" in value) {
    return <Picker label="What is true" placeholder="Name of a thing" onPick={({ iri }) => onCorrect({ iri })} />;
  }
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        onCorrect("value" in value ? { ...value, value: text, datatype: datatypeFor(text, value.datatype) } : { iri: text });
      }}
    >
      <label for={id}>What is true</label>
      <input id={id} value={text} onInput={(event) => setText(event.currentTarget.value)} required />
      <button type="submit">Save</button>
    </form>
  );
}

/** Dates are as precise as they are stated, each precision with a datatype of its own. */
function datatypeFor(text: string, datatype: string): string {
  const [namespace, name] = [datatype.slice(0, datatype.indexOf("#") + 1), datatype.slice(datatype.indexOf("#") + 1)];
  if (!["date", "gYearMonth", "gYear"].includes(name)) return datatype;
  return namespace + (["gYear", "gYearMonth", "date"][text.replace(/^-/, "").split("-").length - 1] ?? name);
}
