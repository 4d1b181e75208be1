/** The saved questions, with fields for what they ask about. */

import { useId } from "preact/hooks";

import type { Question } from "../types";

type Values = Record<string, string>;

interface Properties {
  questions: Question[];
  chosen: Question | undefined;
  /** The parameters of the chosen question. */
  values: Values;
  onChoose: (name: string) => void;
  onChange: (values: Values) => void;
  onAsk: () => void;
}

const INPUTS: Record<string, string> = { integer: "number", date: "date" };

export function Questions({ questions, chosen, values, onChoose, onChange, onAsk }: Properties) {
  const id = useId();
  return (
    <form
      class="tools"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <span class="field wide">
        <label for={id}>Saved question</label>
        <select id={id} value={chosen?.name ?? ""} onChange={(event) => onChoose(event.currentTarget.value)}>
          <option value="">None: your own</option>
          {questions.map(({ name, question }) => (
            <option key={name} value={name}>
              {question}
            </option>
          ))}
        </select>
      </span>
      {chosen?.parameters.map(({ name, type }) => (
        <span class="field" key={name}>
          <label for={`${id}-${name}`}>{name}</label>
          <input
            id={`${id}-${name}`}
            type={INPUTS[type] ?? "text"}
            value={values[name] ?? ""}
            onInput={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
          />
        </span>
      ))}
      {/* Enter in a field asks: a form with several fields needs a button for that. */}
      <button type="submit" hidden />
    </form>
  );
}
