/** The shapes of the JSON API, as docs/server.md writes them. */

export interface Ref {
  iri: string;
  label: string;
  class: string;
}
export interface Outward {
  iri: string;
}
export interface Literal {
  value: string;
  datatype: string;
  language?: string;
}
export type Value = Ref | Outward | Literal;

export interface Term {
  iri: string;
  name: string;
  label: string;
}
export interface Relation extends Term {
  inverse?: string;
}
/** Unicode scalar values from 0, end exclusive. */
export type Span = [start: number, end: number];

export interface Info {
  version: string;
  base: string;
  profile: string | null;
  documents: number;
  entities: number;
  triples: number;
  classes: (Term & { count: number })[];
  relations: (Relation & { range: "entity" | "date" | "number" | "text" | "iri"; count: number })[];
  prefixes: Record<string, string>;
  update: boolean;
  curation: boolean;
}

export type Hit = Ref & { matched: string; detail: string };

export interface Announcement {
  iri: string;
  title: string;
  source: string;
  announcedOn?: string;
}

export interface Stated<V extends Value = Value> {
  relation: Relation;
  value: V;
  evidence: number;
  confidence: number;
}

export interface Entity extends Ref {
  classes: Term[];
  names: string[];
  facts: Stated[];
  incoming: Stated<Ref>[];
  incomingTotal: number;
  location: null | { lat: number; long: number; of: Ref };
  sameAs: string[];
  aliases: string[];
  announcements: Announcement[];
  page: string;
}

export interface Rule {
  iri: string;
  name: string;
  version: string;
}
export interface Passage {
  iri: string;
  quote: string;
  span: Span;
  bytes: [number, number][];
  document: Announcement;
}
export interface Evidence {
  iri: string;
  confidence: number;
  rule: Rule;
  cites: string[];
  passage: Passage;
  restsOn: Passage[];
}
export interface Triple {
  subject: Ref;
  relation: Relation;
  value: Value;
}
export type Statement = Triple & { inGraph: boolean; confidence: number; evidence: Evidence[] };

export type Node = Ref & { degree: number; distance: number; year?: number };
export interface Edge {
  from: string;
  to: string;
  relations: string[];
}
export interface Excerpt {
  nodes: Node[];
  edges: Edge[];
  asked: number;
}
export interface Step {
  from: Ref;
  to: Ref;
  relation: Relation;
  forward: boolean;
  quote: string | null;
  document: Announcement | null;
}

export type PlaceEvent = Ref & { start?: string; end?: string };
export interface Place {
  type: "Feature";
  geometry: { type: "Point"; coordinates: [long: number, lat: number] };
  properties: Ref & { country: Ref | null; events: PlaceEvent[] };
}

export type Dated = Ref & { start: string; end?: string; first: string; last: string; place: Ref | null; series: Ref | null };

export type DocumentEntry = Announcement & { mediaType: string; facts: number };
export interface Block {
  kind: "headline" | "heading" | "dateline" | "paragraph" | "list-item" | "table-cell" | "caption" | "field" | "value";
  level?: number;
  row?: number;
  column?: number;
  span: Span;
}
export type Fact = Triple & { evidence: string; rule: Rule; confidence: number; inGraph: boolean };
export interface Document {
  iri: string;
  title: string;
  sources: string[];
  mediaType: string;
  length: number;
  announcedOn?: string;
  text: string;
  blocks: Block[];
  passages: { iri: string; span: Span; quote: string; facts: Fact[] }[];
}

export interface Question {
  name: string;
  number: string;
  question: string;
  text: string;
  kind: "select" | "ask" | "construct" | "describe";
  parameters: { name: string; type: string; default: string | null }[];
  bound: string | null;
}

/** A value that contradicts the one that stands in the graph. */
export interface Rival {
  value: Value;
  confidence: number;
  evidence: Evidence[];
}

export type ReviewItem = Triple & { confidence: number; reason: "unsure" | "conflict"; evidence: Evidence[]; against: Rival[] };

export interface Decision {
  action: "accept" | "reject" | "correct" | "undo";
  author: string;
  time: string;
  reason?: string;
  s?: string;
  p?: string;
  o?: Outward | Literal;
  value?: Outward | Literal;
  decision?: string;
}
