/** The cities of the world where something took place, on a map and as a list. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Map as Leaflet, Marker } from "leaflet";

import * as api from "../api";
import { useLoad } from "../load";
import { Filters, NONE, useFilter } from "../parts/filters";
import { Shown } from "../parts/status";
import { Thing } from "../parts/thing";
import { Title } from "../parts/title";
import { dot, worldMap } from "../parts/world";
import type { Place } from "../types";
import { counted, dates } from "../words";

export default function MapView() {
  const [filter, setFilter, key] = useFilter();
  const [loaded] = useLoad((signal) => api.map(filter, signal), key);
  const [all] = useLoad((signal) => api.map(NONE, signal), "all");
  const events = all.state === "ready" ? all.data.features.flatMap((place) => place.properties.events) : [];
  const classes = [...new Set(events.map((event) => event.class))];
  return (
    <>
      <Title name="Map" />
      <Filters filter={filter} onChange={setFilter} classes={classes} />
      <Shown loaded={loaded}>{({ features }) => <Places places={features} />}</Shown>
    </>
  );
}

function Places({ places }: { places: Place[] }) {
  const [chosen, setChosen] = useState<Place | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const map = useRef<Leaflet | null>(null);
  useEffect(() => {
    if (element.current === null) return;
    map.current = worldMap(element.current, { center: [20, 10], zoom: element.current.clientWidth < 600 ? 1 : 2 });
    return () => {
      map.current?.remove();
      map.current = null;
    };
  }, []);
  useEffect(() => {
    const markers = places.map((place) => marker(place, () => setChosen(place)));
    for (const marker of markers) if (map.current !== null) marker.addTo(map.current);
    setChosen(null);
    return () => {
      for (const marker of markers) marker.remove();
    };
  }, [places]);
  const sorted = [...places].sort((a, b) => a.properties.label.localeCompare(b.properties.label));
  return (
    <>
      <div class="beside">
        <div ref={element} class="map large" role="application" aria-label="Map of the world; the list below holds the same" />
        <aside class="card" aria-label="Chosen place" aria-live="polite">
          {chosen === null ? <p class="quiet">Choose a place to see what took place there.</p> : <Card place={chosen} />}
        </aside>
      </div>
      <section aria-labelledby="places">
        <h2 id="places">{counted(places.length, "place")}</h2>
        <ul class="lines columns">
          {sorted.map(({ properties: city }) => (
            <li key={city.iri}>
              <Thing of={city} />
              {city.country !== null && <span class="quiet"> · {city.country.label}</span>}
              <span class="quiet"> · {counted(city.events.length, "event")}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** The area grows with the number of events. */
function marker({ geometry, properties }: Place, onChoose: () => void): Marker {
  const [long, lat] = geometry.coordinates;
  const size = Math.min(10 + 4 * Math.sqrt(properties.events.length), 40);
  const made = dot([lat, long], Math.round(size), `${properties.label}, ${counted(properties.events.length, "event")}`);
  // Leaflet makes a click of Enter on a marker only where it has a popup.
  return made.on("click", onChoose).on("keypress", ({ originalEvent }) => {
    if (originalEvent.key === "Enter") onChoose();
  });
}

function Card({ place: { properties: city } }: { place: Place }) {
  return (
    <>
      <h2>
        <Thing of={city} />
      </h2>
      {city.country !== null && (
        <p>
          <Thing of={city.country} />
        </p>
      )}
      <ul class="lines">
        {city.events.map((event) => (
          <li key={event.iri}>
            <Thing of={event} /> <span class="quiet">{dates(event.start, event.end)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
