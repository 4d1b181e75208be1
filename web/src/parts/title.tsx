/** The heading of a view, which names the browser's window too. */

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { announce } from "../announce";

export function Title({ name, children }: { name: string; children?: ComponentChildren }) {
  useEffect(() => {
    document.title = name === "Urbi" ? name : `${name} · Urbi`;
    announce(name);
  }, [name]);
  return <h1>{children ?? name}</h1>;
}
