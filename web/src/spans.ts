/** Places in a text, and how they cut it up. */

import type { Span } from "./types";

export interface Piece {
  span: Span;
  /** The shortest passage that it is part of. */
  of: Span | undefined;
  /** Whether it is part of the passage that is looked at. */
  chosen: boolean;
}

export const within = (inner: Span, outer: Span) => outer[0] <= inner[0] && inner[1] <= outer[1];

const length = ([start, end]: Span) => end - start;

/** `whole`, cut wherever a passage or the chosen one begins or ends. */
export function pieces(whole: Span, passages: readonly Span[], chosen: Span | null): Piece[] {
  const touching = passages.filter((span) => span[0] < whole[1] && whole[0] < span[1]);
  const all = chosen === null ? touching : [...touching, chosen];
  const inside = all.flat().filter((at) => whole[0] < at && at < whole[1]);
  const cuts = [...new Set([whole[0], ...inside, whole[1]])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, at) => {
    const span: Span = [cuts[at] ?? end, end];
    const of = touching.filter((passage) => within(span, passage)).sort((a, b) => length(a) - length(b))[0];
    return { span, of, chosen: chosen !== null && within(span, chosen) };
  });
}
