/** The graph: around what one chooses, or the chain that links two things. All of it stands in the address. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Link, useSearchParams } from "wouter-preact";

import * as api from "../api";
import { useInfo } from "../info";
import { useLoad } from "../load";
import { Chain, Ends } from "../parts/chain";
import { Filters, useFilter } from "../parts/filters";
import { network, pair, type Network } from "../parts/network";
import { Picker } from "../parts/picker";
import { Shown } from "../parts/status";
import { ClassName, Thing } from "../parts/thing";
import { Title } from "../parts/title";
import * as paths from "../paths";
import type { Excerpt, Step } from "../types";
import { counted } from "../words";

/** How many things a window shows that one can still tell from each other. */
const limit = () => (matchMedia("(max-width: 52rem)").matches ? 40 : 100);

interface Found {
  excerpt: Excerpt;
  /** The chain between two things, if it was asked for; null if there is none. */
  steps: Step[] | null | undefined;
}

export default function GraphView() {
  const [search, setSearch] = useSearchParams();
  const [filter, setFilter, filterKey] = useFilter();
  const around = search.getAll("around");
  const [start, end] = [search.get("start") ?? "", search.get("end") ?? ""];
  const ask = async (signal: AbortSignal): Promise<Found> => {
    const steps = start !== "" && end !== "" ? (await api.path(start, end, signal)).steps : undefined;
    const on = steps?.flatMap((step) => [step.from.iri, step.to.iri]) ?? [start, end];
    const centre = [...around, ...on].filter((iri) => iri !== "");
    return { excerpt: await api.graph([...new Set(centre)], filter, limit(), signal), steps };
  };
  const [loaded] = useLoad(ask, `${around.join(" ")}|${start}|${end}|${filterKey}`);
  const set = (change: (search: URLSearchParams) => void) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      change(after);
      return after;
    });
  const add = (iri: string) => set((search) => around.includes(iri) || search.append("around", iri));
  return (
    <>
      <Title name="Graph" />
      <div class="tools">
        <Picker label="Show what is around" placeholder="Name of a thing" empties onPick={({ iri }) => add(iri)} />
        <Ends start={start} end={end} onChange={(side, iri) => set((search) => (iri === "" ? search.delete(side) : search.set(side, iri)))} />
        {(around.length > 0 || start !== "" || end !== "") && (
          <button type="button" onClick={() => set((search) => ["around", "start", "end"].forEach((name) => search.delete(name)))}>
            Start anew
          </button>
        )}
      </div>
      <Filters filter={filter} onChange={setFilter} />
      <Shown loaded={loaded}>{(found) => <Explorer found={found} around={around} onExpand={add} />}</Shown>
    </>
  );
}

function Explorer({ found, around, onExpand }: { found: Found; around: string[]; onExpand: (iri: string) => void }) {
  const info = useInfo();
  const { excerpt, steps } = found;
  const [chosen, setChosen] = useState<string | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<Network | null>(null);
  const path = useMemo(() => new Set(steps?.flatMap(({ from, to }) => [from.iri, to.iri, pair(from.iri, to.iri)])), [steps]);
  useEffect(() => {
    if (element.current === null) return;
    drawn.current = network(element.current, info, setChosen);
    return () => drawn.current?.destroy();
  }, [info]);
  useEffect(() => drawn.current?.show(excerpt, path), [excerpt, path]);
  useEffect(() => drawn.current?.choose(chosen), [chosen, excerpt]);
  const node = excerpt.nodes.find(({ iri }) => iri === chosen);
  return (
    <>
      <p role="status">
        {counted(excerpt.nodes.length, "thing")} and {counted(excerpt.edges.length, "link")}
        {excerpt.asked > excerpt.nodes.length && `; the best connected of ${excerpt.asked}`}
      </p>
      {steps !== undefined && <Chain steps={steps} />}
      <div class="beside">
        <div class="drawing">
          <div ref={element} class="network" role="img" aria-label="Picture of the graph; the list below holds the same" />
          <button type="button" class="fit" onClick={() => drawn.current?.fit()}>
            Show all
          </button>
        </div>
        <aside class="card" aria-label="Chosen thing" aria-live="polite">
          {node === undefined ? (
            <p class="quiet">Choose a thing in the picture or in the list to see what it is joined to.</p>
          ) : (
            <>
              <h2>
                <Link href={paths.entity(node.iri)}>{node.label}</Link>
              </h2>
              <p>
                <ClassName name={node.class} /> <span class="quiet">{counted(node.degree, "link")} in all</span>
              </p>
              <p>
                <button type="button" disabled={around.includes(node.iri)} onClick={() => onExpand(node.iri)}>
                  Expand
                </button>
              </p>
              <Links excerpt={excerpt} of={node.iri} onChoose={setChosen} />
            </>
          )}
        </aside>
      </div>
      <details>
        <summary>As a list</summary>
        <ul class="lines columns">
          {excerpt.nodes.map((node) => (
            <li key={node.iri}>
              <Thing of={node} />{" "}
              <button type="button" class="why" aria-pressed={node.iri === chosen} onClick={() => setChosen(node.iri)}>
                <span class="unseen">{node.label}: </span>
                {counted(node.degree, "link")}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** What a thing is joined to in the picture. */
function Links({ excerpt, of, onChoose }: { excerpt: Excerpt; of: string; onChoose: (iri: string) => void }) {
  const info = useInfo();
  const nodes = new Map(excerpt.nodes.map((node) => [node.iri, node]));
  const word = (name: string, out: boolean) => {
    const relation = info.relations.find((relation) => relation.name === name);
    return (out ? relation?.label : (relation?.inverse ?? (relation && `← ${relation.label}`))) ?? name;
  };
  const joined = excerpt.edges.filter(({ from, to }) => from === of || to === of);
  return (
    <ul class="lines">
      {joined.map(({ from, to, relations }) => {
        const other = nodes.get(from === of ? to : from);
        if (other === undefined) return null;
        return (
          <li key={`${from} ${to}`}>
            <em>{relations.map((name) => word(name, from === of)).join(", ")}</em>{" "}
            <button type="button" class="link" onClick={() => onChoose(other.iri)}>
              {other.label}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
