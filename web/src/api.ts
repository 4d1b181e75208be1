/** The server's JSON API: one function a question. */

import type * as T from "./types";

/** What the server refused, in its words. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Parameter = string | number | undefined | readonly string[];
export type Parameters = Record<string, Parameter>;

/** `path?a=1&b=2`; what is empty is left out, a list is given item by item. */
export function address(path: string, parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const values = typeof value === "object" ? value : [value];
    for (const one of values) if (one !== undefined && one !== "") search.append(name, String(one));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function answer<R>(request: Promise<Response>): Promise<R> {
  const response = await request;
  if (response.ok) return (await response.json()) as R;
  let error = { code: "failed", message: `${response.status} ${response.statusText}` };
  try {
    error = ((await response.json()) as { error: typeof error }).error;
  } catch {
    // Not from this server, but from something between: the status says enough.
  }
  throw new Refusal(error.code, error.message);
}

function get<R>(path: string, parameters: Parameters, signal: AbortSignal): Promise<R> {
  return answer<R>(fetch(address(`/api/${path}`, parameters), { signal }));
}

/** Which entities are wanted: classes by local name, years. */
export interface Filter {
  class: string[];
  from: string;
  to: string;
}
const filtered = (filter: Filter): Parameters => ({ ...filter });

export const info = (signal: AbortSignal) => get<T.Info>("info", {}, signal);

export const suggest = (q: string, limit: number, kind: string, signal: AbortSignal) =>
  get<{ hits: T.Hit[] }>("suggest", { q, limit, class: kind }, signal);

export const entity = (iri: string, limit: number, signal: AbortSignal) =>
  get<T.Entity>("entity", { iri, limit }, signal);

/** Why a statement holds. */
export function evidence({ subject, relation, value }: T.Triple, signal: AbortSignal): Promise<{ statements: T.Statement[] }> {
  const object =
    "value" in value
      ? { o: value.value, datatype: value.language === undefined ? value.datatype : undefined, language: value.language }
      : { o: value.iri };
  return get("evidence", { s: subject.iri, p: relation.iri, ...object }, signal);
}

export const graph = (around: string[], filter: Filter, limit: number, signal: AbortSignal) =>
  get<T.Excerpt>("graph", { around, limit, ...filtered(filter) }, signal);

export const path = (from: string, to: string, signal: AbortSignal) =>
  get<{ steps: T.Step[] | null }>("path", { from, to }, signal);

export const map = (filter: Filter, signal: AbortSignal) =>
  get<{ features: T.Place[] }>("map", filtered(filter), signal);

export const timeline = (filter: Filter, signal: AbortSignal) =>
  get<{ events: T.Dated[]; total: number }>("timeline", filtered(filter), signal);

export const documents = (q: string, offset: number, limit: number, signal: AbortSignal) =>
  get<{ documents: T.DocumentEntry[]; total: number }>("documents", { q, offset, limit }, signal);

export const document = (iri: string, signal: AbortSignal) => get<T.Document>("document", { iri }, signal);

export const original = (iri: string) => address("/api/original", { iri });

export const questions = (signal: AbortSignal) => get<{ queries: T.Question[] }>("queries", {}, signal);

export const review = (offset: number, limit: number, signal: AbortSignal) =>
  get<{ items: T.ReviewItem[]; total: number }>("review", { offset, limit }, signal);

export function decide(decision: T.Decision, token: string): Promise<{ decision: string; new: boolean }> {
  return answer(
    fetch("/api/decisions", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(decision),
    }),
  );
}

/** What SPARQL gives, with the form it came in. */
export interface Result {
  data: string;
  contentType: string;
}

const FORMS = "application/sparql-results+json, text/turtle;q=0.9";
/** Tables for spreadsheets; graphs have none. */
export const CSV = "text/csv, text/turtle;q=0.9";

async function result(request: Promise<Response>): Promise<Result> {
  const response = await request;
  if (!response.ok) return answer<Result>(Promise.resolve(response));
  const contentType = response.headers.get("Content-Type") ?? "";
  return { data: await response.text(), contentType };
}

export const ask = (query: string, signal: AbortSignal, accept = FORMS) =>
  result(fetch("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: query, signal }));

export const askSaved = (name: string, parameters: Parameters, signal: AbortSignal, accept = FORMS) =>
  result(fetch(address(`/api/queries/${encodeURIComponent(name)}`, parameters), { headers: { Accept: accept }, signal }));
