/** SPARQL: the saved questions, an editor, and what comes out. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useSearchParams } from "wouter-preact";

import { announce } from "../announce";
import * as api from "../api";
import { save } from "../download";
import { useInfo } from "../info";
import { useLoad } from "../load";
import { Answer } from "../parts/answer";
import { Questions } from "../parts/questions";
import { editor, withPrefixes, type Editor } from "../parts/sparql";
import { Failed, Shown } from "../parts/status";
import { Title } from "../parts/title";
import type { Question } from "../types";

const BEGINNING =
  "SELECT ?conference ?city {\n  ?c a urbi:Conference ; rdfs:label ?conference ; urbi:heldIn/rdfs:label ?city .\n}\nORDER BY ?conference\nLIMIT 50\n";

export default function QueryView() {
  const [loaded] = useLoad(api.questions, "");
  return (
    <>
      <Title name="Query" />
      <Shown loaded={loaded}>{({ queries }) => <Desk questions={queries} />}</Shown>
    </>
  );
}

type Ask = (signal: AbortSignal, accept?: string) => Promise<api.Result>;

function Desk({ questions }: { questions: Question[] }) {
  const info = useInfo();
  const [search, setSearch] = useSearchParams();
  const chosen = questions.find(({ name }) => name === search.get("name"));
  const [values, setValues] = useState<Record<string, string>>({});
  const [answered, setAnswered] = useState<{ result: api.Result; ask: Ask } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [asking, setAsking] = useState<AbortController | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const writer = useRef<Editor | null>(null);

  const run = async (ask: Ask) => {
    const abort = new AbortController();
    setAsking(abort);
    setError(null);
    try {
      setAnswered({ result: await ask(abort.signal), ask });
      announce("The answer is below");
    } catch (failed) {
      if (!abort.signal.aborted) setError(failed as Error);
    }
    setAsking(null);
  };
  const askNow = () => {
    const text = writer.current?.text() ?? "";
    // A saved question that was not changed is asked with its parameters; what was changed is a question of its own.
    if (chosen !== undefined && text === withPrefixes(chosen.text, info)) return run((signal, accept) => api.askSaved(chosen.name, values, signal, accept));
    return run((signal, accept) => api.ask(text, signal, accept));
  };
  const latest = useRef(askNow);
  latest.current = askNow;

  useEffect(() => {
    if (element.current === null) return;
    writer.current = editor(element.current, info, withPrefixes(BEGINNING, info), () => void latest.current());
    return () => writer.current?.destroy();
  }, [info]);
  useEffect(() => {
    setValues(Object.fromEntries(chosen?.parameters.map(({ name, default: value }) => [name, value ?? ""]) ?? []));
    if (chosen !== undefined) writer.current?.setText(withPrefixes(chosen.text, info));
  }, [chosen, info]);

  return (
    <>
      <Questions
        questions={questions}
        chosen={chosen}
        values={values}
        onChoose={(name) => setSearch(name === "" ? {} : { name })}
        onChange={setValues}
        onAsk={askNow}
      />
      <div ref={element} class="editor" />
      <p class="run">
        <button type="button" class="main" disabled={asking !== null} onClick={askNow}>
          Ask
        </button>
        {asking !== null && (
          <button type="button" onClick={() => asking.abort()}>
            Stop
          </button>
        )}
        <span class="quiet">Control + Enter asks, Control + Space completes; the usual prefixes are known.</span>
      </p>
      {error !== null && <Failed error={error} />}
      {answered !== null && (
        <section class="answer" aria-label="Answer">
          <Answer result={answered.result} />
          <p>
            <button type="button" onClick={async () => save(await answered.ask(new AbortController().signal, api.CSV), "answer")}>
              Download
            </button>
          </p>
        </section>
      )}
    </>
  );
}
