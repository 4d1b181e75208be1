/** Tells those who do not see the page what has changed on it. */

/** The id of the live region, which is there from the beginning: a region that comes with its text is not read. */
export const LIVE = "live";

export function announce(text: string): void {
  const region = document.getElementById(LIVE);
  if (region !== null) region.textContent = text;
}
