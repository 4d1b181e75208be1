/** Who decides: kept while the browser's tab is open, and sent nowhere but to the server. */

import { useEffect, useState } from "preact/hooks";

export interface Curator {
  author: string;
  token: string;
}

const KEY = "urbi-curator";
const CHANGED = "urbi-curator-changed";

function read(): Curator {
  try {
    return { author: "", token: "", ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Curator>) };
  } catch {
    return { author: "", token: "" };
  }
}

/** The curator, the same in all parts of the page. */
export function useCurator(): [Curator, (curator: Curator) => void] {
  const [curator, setCurator] = useState(read);
  useEffect(() => {
    const changed = () => setCurator(read());
    addEventListener(CHANGED, changed);
    return () => removeEventListener(CHANGED, changed);
  }, []);
  const keep = (next: Curator) => {
    sessionStorage.setItem(KEY, JSON.stringify(next));
    dispatchEvent(new Event(CHANGED));
  };
  return [curator, keep];
}

export const canDecide = ({ author, token }: Curator) => author.trim() !== "" && token.trim() !== "";
