/** A field in which a thing is found by its name: the combobox of the ARIA practices, with a list of suggestions. */

import { useEffect, useId, useState } from "preact/hooks";

import { announce } from "../announce";
import * as api from "../api";
import { classLabel, useInfo } from "../info";
import { useSettled } from "../load";
import type { Hit, Ref } from "../types";
import { counted } from "../words";
import { ClassDot } from "./thing";

interface Properties {
  label: string;
  /** Whether the label is for screen readers only. */
  bare?: boolean;
  text?: string;
  kind?: string;
  placeholder?: string;
  onPick: (thing: Ref) => void;
  /** What was typed, when none of the suggestions is taken; without it, the first suggestion is. */
  onText?: (text: string) => void;
  /** Whether the field is emptied when something was picked. */
  empties?: boolean;
}

export function Picker({ label, bare = false, text = "", kind = "", placeholder, onPick, onText, empties = false }: Properties) {
  const info = useInfo();
  const id = useId();
  const [typed, setTyped] = useState(text);
  const [hits, setHits] = useState<Hit[]>([]);
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(false);
  const wanted = useSettled(typed.trim());

  // While it is drawn, not in an effect: that would come after the first letters of who types fast, and take them away.
  const [given, setGiven] = useState(text);
  if (given !== text) {
    setGiven(text);
    setTyped(text);
  }
  useEffect(() => {
    if (wanted === "" || !open) {
      setHits([]);
      return;
    }
    const abort = new AbortController();
    api.suggest(wanted, 8, kind, abort.signal).then(
      ({ hits }) => {
        setHits(hits);
        setActive(-1);
        announce(hits.length === 0 ? "No suggestions" : counted(hits.length, "suggestion"));
      },
      // Without suggestions one can go on; what is wrong will be told when something is asked.
      () => undefined,
    );
    return () => abort.abort();
  }, [wanted, kind, open]);

  const pick = (hit: Hit) => {
    setTyped(empties ? "" : hit.label);
    setOpen(false);
    onPick(hit);
  };
  const enter = () => {
    const hit = hits[active] ?? (onText === undefined ? hits[0] : undefined);
    if (open && hit !== undefined) pick(hit);
    else if (onText !== undefined) {
      setOpen(false);
      onText(typed.trim());
    }
  };
  const step = (by: number) => {
    setOpen(true);
    if (hits.length > 0) setActive((active + by + hits.length + (active < 0 && by < 0 ? 1 : 0)) % hits.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: enter, Escape: () => setOpen(false) }[event.key];
    if (act === undefined || event.isComposing) return;
    event.preventDefault();
    act();
  };
  const listed = open && hits.length > 0;

  return (
    <div class="picker">
      <label for={id} class={bare ? "unseen" : undefined}>
        {label}
      </label>
      <input
        id={id}
        type="search"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-activedescendant={listed && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={`Suggestions for ${label}`} hidden={!listed}>
        {hits.map((hit, at) => (
          <li
            key={hit.iri}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            // The field keeps the focus: pressing must not take it before the click comes.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(hit)}
          >
            <ClassDot name={hit.class} />
            <span>
              {hit.label}
              {hit.matched !== hit.label && <span class="quiet"> ({hit.matched})</span>}
            </span>
            <span class="quiet detail">{hit.detail || classLabel(info, hit.class)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
