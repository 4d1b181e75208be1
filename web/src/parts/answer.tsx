/** What SPARQL answered: rows, yes or no, or statements. Things of the graph lead to their pages. */

import { useMemo, useState } from "preact/hooks";
import { Link } from "wouter-preact";

import type { Result } from "../api";
import { useInfo } from "../info";
import * as paths from "../paths";
import type { Info } from "../types";
import { counted, date } from "../words";

interface Binding {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}
type Row = Record<string, Binding | undefined>;
interface Rows {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Row[] };
}

/** How many rows are drawn at once. */
const STEP = 500;

export function Answer({ result }: { result: Result }) {
  if (!result.contentType.includes("sparql-results+json")) return <Statements text={result.data} />;
  return <RowsOrTruth text={result.data} />;
}

function RowsOrTruth({ text }: { text: string }) {
  const rows = useMemo(() => JSON.parse(text) as Rows, [text]);
  if (rows.boolean !== undefined) return <p class="truth">{rows.boolean ? "Yes" : "No"}</p>;
  return <Table variables={rows.head.vars ?? []} rows={rows.results?.bindings ?? []} />;
}

function Statements({ text }: { text: string }) {
  // It scrolls, so the keyboard must reach it.
  return (
    <pre class="statements" tabIndex={0} aria-label="Statements">
      {text}
    </pre>
  );
}

interface Order {
  by: string;
  down: boolean;
}

function Table({ variables, rows }: { variables: string[]; rows: Row[] }) {
  const [order, setOrder] = useState<Order | null>(null);
  const [shown, setShown] = useState(STEP);
  const sorted = useMemo(() => (order === null ? rows : inOrder(rows, order)), [rows, order]);
  return (
    <>
      <p role="status">{counted(rows.length, "row")}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead>
            <tr>
              {variables.map((name) => (
                <th key={name} scope="col" aria-sort={order?.by === name ? (order.down ? "descending" : "ascending") : undefined}>
                  <button type="button" class="sort" onClick={() => setOrder({ by: name, down: order?.by === name && !order.down })}>
                    {name}
                    <span aria-hidden="true">{order?.by === name && (order.down ? " ▼" : " ▲")}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((row, at) => (
              <tr key={at}>
                {variables.map((name) => (
                  <Cell key={name} binding={row[name]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          Show {STEP} more
        </button>
      )}
    </>
  );
}

function inOrder(rows: Row[], { by, down }: Order): Row[] {
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const sorted = [...rows].sort((a, b) => compare(a[by]?.value ?? "", b[by]?.value ?? ""));
  return down ? sorted.reverse() : sorted;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = ["integer", "decimal", "double", "float"].map((name) => XSD + name);
const DATES = ["date", "gYearMonth"].map((name) => XSD + name);

function Cell({ binding }: { binding: Binding | undefined }) {
  const info = useInfo();
  if (binding === undefined) return <td />;
  const { type, value, datatype = "" } = binding;
  if (type === "uri") {
    return (
      <td>
        {value.startsWith(info.base) ? <Link href={paths.entity(value)}>{short(value, info)}</Link> : <a href={paths.resource(value)}>{short(value, info)}</a>}
      </td>
    );
  }
  if (NUMBERS.includes(datatype)) return <td class="number">{value}</td>;
  return <td lang={binding["xml:lang"]}>{DATES.includes(datatype) ? date(value) : type === "triple" ? JSON.stringify(value) : value}</td>;
}

/** An IRI as one would write it in a query. */
function short(iri: string, info: Info): string {
  if (iri.startsWith(info.base)) return iri.slice(info.base.length);
  const known = Object.entries(info.prefixes).find(([, namespace]) => iri.startsWith(namespace) && iri !== namespace);
  return known === undefined ? iri : `${known[0]}:${iri.slice(known[1].length)}`;
}
