/** Dates, shares and counts as people read them. */

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const NUMBER = new Intl.NumberFormat("en-GB");

const dayOf = (stated: string) => (/^\d{4}-\d\d-\d\d$/.test(stated) ? new Date(`${stated}T00:00:00Z`) : null);

/** `2021-10-27` as `27 October 2021`, `2021-10` as `October 2021`; all else as it is. */
export function date(stated: string): string {
  const day = dayOf(stated);
  if (day !== null) return DAY.format(day);
  if (/^\d{4}-\d\d$/.test(stated)) return MONTH.format(new Date(`${stated}-01T00:00:00Z`));
  return stated;
}

export function dates(start?: string, end?: string): string {
  if (start === undefined) return end === undefined ? "" : `until ${date(end)}`;
  if (end === undefined || end === start) return date(start);
  const [first, last] = [dayOf(start), dayOf(end)];
  return first !== null && last !== null ? DAY.formatRange(first, last) : `${date(start)} – ${date(end)}`;
}

/** Thousandths as a percentage. */
export const share = (confidence: number) => `${Math.round(confidence / 10)} %`;

export const count = (n: number) => NUMBER.format(n);

/** `1 document`, `2 documents`. */
export const counted = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
