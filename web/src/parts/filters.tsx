/** Which things are wanted: by class and by year. It stands in the address, so that a view can be sent to others. */

import { useId } from "preact/hooks";
import { useSearchParams } from "wouter-preact";

import type { Filter } from "../api";
import { classLabel, colourOf, useInfo } from "../info";

export function useFilter(): [Filter, (filter: Filter) => void, key: string] {
  const [search, setSearch] = useSearchParams();
  const filter = { class: search.getAll("class"), from: search.get("from") ?? "", to: search.get("to") ?? "" };
  const keep = (next: Filter) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const name of ["class", "from", "to"]) after.delete(name);
        for (const name of next.class) after.append("class", name);
        if (next.from !== "") after.set("from", next.from);
        if (next.to !== "") after.set("to", next.to);
        return after;
      },
      { replace: true },
    );
  return [filter, keep, JSON.stringify(filter)];
}

/** All that there is. */
export const NONE: Filter = { class: [], from: "", to: "" };

interface Properties {
  filter: Filter;
  onChange: (filter: Filter) => void;
  /** The classes to choose from, by local name; without it, all. */
  classes?: string[];
}

export function Filters({ filter, onChange, classes }: Properties) {
  const info = useInfo();
  const [from, to] = [useId(), useId()];
  const names = classes ?? info.classes.map((term) => term.name);
  const toggle = (name: string) =>
    onChange({ ...filter, class: filter.class.includes(name) ? filter.class.filter((other) => other !== name) : [...filter.class, name] });
  const year = (id: string, label: string, side: "from" | "to") => (
    <span class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        class="year"
        inputMode="numeric"
        value={filter[side]}
        onChange={(event) => onChange({ ...filter, [side]: event.currentTarget.value })}
      />
    </span>
  );
  return (
    <form class="filters" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      {year(from, "From year", "from")}
      {year(to, "to", "to")}
      <fieldset>
        <legend class="unseen">Classes</legend>
        <ul class="chips">
          {names.map((name) => (
            <li key={name}>
              <label>
                <input type="checkbox" checked={filter.class.includes(name)} onChange={() => toggle(name)} />
                <span class={`dot colour-${colourOf(info, name)}`} aria-hidden="true" />
                {classLabel(info, name)}
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </form>
  );
}
