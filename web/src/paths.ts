/** The addresses of the views. */

import { address } from "./api";
import type { Passage, Span } from "./types";

export const home = (q = "", kind = "") => address("/", { q, class: kind });
export const entity = (iri: string) => address("/app/entity", { iri });
export const graph = (...around: string[]) => address("/app/graph", { around });
export const path = (from: string, to: string) => address("/app/graph", { start: from, end: to });
export const query = (name = "") => address("/app/query", { name });
export const document = (iri: string, span?: Span) => address("/app/document", { iri, at: span?.join("-") });
export const passage = (passage: Passage) => document(passage.document.iri, passage.span);

/** What the server knows of any IRI, as a page without scripts. */
export const resource = (iri: string) => address("/resource", { iri });

/** A thing of the graph in a form of data. */
export const data = (iri: string, form: "ttl" | "jsonld" | "nt") => address("/resource", { iri, form });
