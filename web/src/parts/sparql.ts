/** YASGUI's editor, made to ask nobody else than this server. */

import "@zazuko/yasqe/build/yasqe.min.css";
import "../style/sparql.css";

import Yasqe from "@zazuko/yasqe";

import type { Info } from "../types";

/** The query with a line for each prefix that it uses and does not declare: the server knows them, other programs do not. */
export function withPrefixes(text: string, info: Info): string {
  const used = Object.entries(info.prefixes).filter(
    ([name]) => new RegExp(`(^|[^\\w<:])${name}:`).test(text) && !new RegExp(`PREFIX\\s+${name}:`, "i").test(text),
  );
  return used.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + text;
}

export interface Editor {
  text: () => string;
  setText: (text: string) => void;
  destroy: () => void;
}

/** What the ontology and the known prefixes give for completion; YASQE's own lists come from the web. */
function completers(info: Info): void {
  const { class: classes, property, prefixes } = {
    class: info.classes.map((term) => term.iri),
    property: info.relations.map((term) => term.iri),
    prefixes: Object.entries(info.prefixes).map(([name, iri]) => `${name}: <${iri}>`),
  };
  const lists: Record<string, string[]> = { class: classes, property, prefixes };
  for (const [name, list] of Object.entries(lists)) {
    const completer = Yasqe.Autocompleters[name];
    if (completer !== undefined) Object.assign(completer, { get: () => list, bulk: true, persistenceId: null });
  }
}

export function editor(element: HTMLElement, info: Info, text: string, onAsk: () => void): Editor {
  completers(info);
  const settings: ConstructorParameters<typeof Yasqe>[1] = {
    persistenceId: null,
    resizeable: false,
    showQueryButton: false,
    // The question would go to a service that shortens addresses.
    createShareableLink: null as never,
    consumeShareLink: null,
    collapsePrefixesOnLoad: false,
    lineWrapping: true,
    // Tab moves on, as everywhere: who cannot use a mouse must get out of the editor.
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": onAsk, "Cmd-Enter": onAsk, "Ctrl-Space": () => yasqe.autocomplete() },
    screenReaderLabel: "SPARQL query; Control and Enter asks it",
  };
  const yasqe = new Yasqe(element, settings);
  yasqe.setValue(text);
  return {
    text: () => yasqe.getValue(),
    setText: (text) => yasqe.setValue(text),
    destroy: () => yasqe.destroy(),
  };
}
