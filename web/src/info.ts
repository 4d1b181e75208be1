/** What the server said of itself when the interface began. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Info } from "./types";

export const InfoContext = createContext<Info | null>(null);

export function useInfo(): Info {
  const info = useContext(InfoContext);
  if (info === null) throw new Error("views are shown when the server has said what it is");
  return info;
}

/** Colours are given to classes in the order of their names, so that they stay when counts change. */
export const COLOURS = 14;
export function colourOf(info: Info, name: string): number {
  const names = info.classes.map((term) => term.name).sort();
  return Math.max(names.indexOf(name), 0) % COLOURS;
}

export function classLabel(info: Info, name: string): string {
  return info.classes.find((term) => term.name === name)?.label ?? name;
}
