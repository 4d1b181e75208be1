/** What stands where data are still to come, or do not come. */

import type { ComponentChildren } from "preact";

import type { Loaded } from "../load";

export function Loading() {
  return <p class="loading">Loading …</p>;
}

export function Failed({ error }: { error: Error }) {
  return (
    <p class="failed" role="alert">
      {error.message}
    </p>
  );
}

/** The data when they are there. */
export function Shown<T>({ loaded, children }: { loaded: Loaded<T>; children: (data: T) => ComponentChildren }) {
  if (loaded.state === "loading") return <Loading />;
  if (loaded.state === "failed") return <Failed error={loaded.error} />;
  return <>{children(loaded.data)}</>;
}
