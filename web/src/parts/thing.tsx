/** Things and values, as they stand in a line. */

import { Link } from "wouter-preact";

import { classLabel, colourOf, useInfo } from "../info";
import * as paths from "../paths";
import type { Announcement, Ref, Value } from "../types";
import { date } from "../words";

/** A dot in the colour of a class; its name is for those who point at it, and for readers. */
export function ClassDot({ name }: { name: string }) {
  const info = useInfo();
  if (name === "") return null;
  return <span class={`dot colour-${colourOf(info, name)}`} role="img" aria-label={classLabel(info, name)} title={classLabel(info, name)} />;
}

export function ClassName({ name }: { name: string }) {
  const info = useInfo();
  if (name === "") return null;
  return (
    <span class="class">
      <span class={`dot colour-${colourOf(info, name)}`} aria-hidden="true" />
      {classLabel(info, name)}
    </span>
  );
}

export function Thing({ of }: { of: Ref }) {
  return (
    <span class="thing">
      <ClassDot name={of.class} />
      <Link href={paths.entity(of.iri)}>{of.label}</Link>
    </span>
  );
}

const isAddress = (iri: string) => /^(https?|mailto):/.test(iri);

export function Outward({ iri }: { iri: string }) {
  return isAddress(iri) ? (
    <a href={iri} rel="noreferrer" class="outward">
      {iri.replace(/^https?:\/\/(www\.)?/, "")}
    </a>
  ) : (
    <span>{iri}</span>
  );
}

export function ValueOf({ value }: { value: Value }) {
  if ("label" in value) return <Thing of={value} />;
  if ("iri" in value) return <Outward iri={value.iri} />;
  const dated = /#(date|gYearMonth)$/.test(value.datatype);
  return <span lang={value.language}>{dated ? date(value.value) : value.value}</span>;
}

/** The words of a value, for what is spoken or stands in a button. */
export function wordsOf(value: Value): string {
  if ("label" in value) return value.label;
  return "iri" in value ? value.iri : value.value;
}

export function AnnouncementLine({ of, href }: { of: Announcement; href?: string }) {
  return (
    <span class="announcement">
      <Link href={href ?? paths.document(of.iri)}>{of.title || of.source}</Link>
      {of.announcedOn !== undefined && <span class="quiet"> · {date(of.announcedOn)}</span>}
    </span>
  );
}
