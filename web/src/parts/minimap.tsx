/** Where one thing is. */

import { useEffect, useRef } from "preact/hooks";
import { Link } from "wouter-preact";

import * as paths from "../paths";
import type { Entity } from "../types";
import { dot, worldMap } from "./world";

export default function MiniMap({ location }: { location: NonNullable<Entity["location"]> }) {
  const { lat, long, of } = location;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    const map = worldMap(element.current, { center: [lat, long], zoom: 4, scrollWheelZoom: false });
    dot([lat, long], 14, of.label, { interactive: false, keyboard: false }).addTo(map);
    return () => {
      map.remove();
    };
  }, [lat, long, of.label]);
  return (
    <figure class="minimap">
      <div ref={element} class="map" role="application" aria-label={`Map: ${of.label}`} />
      <figcaption>
        <Link href={paths.entity(of.iri)}>{of.label}</Link>
        <span class="quiet">
          {" "}
          {lat.toFixed(2)}, {long.toFixed(2)}
        </span>
      </figcaption>
    </figure>
  );
}
