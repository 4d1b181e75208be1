/** Data that comes from the server while a view is shown. */

import { useCallback, useEffect, useState } from "preact/hooks";

export type Loaded<T> = { state: "loading" } | { state: "failed"; error: Error } | { state: "ready"; data: T };

/**
 * Asks when the view appears and whenever `key` changes; an answer that nobody waits for any more is dropped. While it
 * asks anew, what was there stays to be seen. `again` asks once more.
 */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, key: string): [Loaded<T>, again: () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    ask(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setLoaded({ state: "ready", data });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setLoaded({ state: "failed", error: error as Error });
      },
    );
    return () => abort.abort();
    // What is asked is a function of the key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, round]);
  return [loaded, useCallback(() => setRound((n) => n + 1), [])];
}

/** A value that waits until it has not changed for a while: for what is typed. */
export function useSettled<T>(value: T, milliseconds = 150): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
