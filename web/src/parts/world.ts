/** A map of the world without tiles: the outlines of its countries, from Natural Earth. */

import "leaflet/dist/leaflet.css";
import "../style/map.css";

import * as L from "leaflet";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import outlines from "world-atlas/countries-50m.json?url";

type World = Topology<{ countries: GeometryCollection }>;

let world: Promise<GeoJSON.FeatureCollection> | undefined;

function countries(): Promise<GeoJSON.FeatureCollection> {
  world ??= fetch(outlines)
    .then((response) => response.json() as Promise<World>)
    .then((topology) => feature(topology, topology.objects.countries))
    .then((world) => ({ ...world, features: world.features.filter(({ id }) => id !== ANTARCTICA).map(unrolled) }));
  return world;
}

/** It goes around the pole, which a flat map cannot show, and has no cities. */
const ANTARCTICA = "010";

/** A country that reaches over the date line in one piece, instead of lines across the whole map. */
function unrolled(country: GeoJSON.Feature): GeoJSON.Feature {
  const { geometry } = country;
  if (geometry.type === "Polygon") return { ...country, geometry: { ...geometry, coordinates: geometry.coordinates.map(ring) } };
  if (geometry.type !== "MultiPolygon") return country;
  return { ...country, geometry: { ...geometry, coordinates: geometry.coordinates.map((polygon) => polygon.map(ring)) } };
}

function ring(points: GeoJSON.Position[]): GeoJSON.Position[] {
  let [turns, before] = [0, points[0]?.[0] ?? 0];
  const unrolled = points.map(([long = 0, lat = 0]) => {
    if (Math.abs(long - before) > 180) turns += long < before ? 1 : -1;
    before = long;
    return [long + 360 * turns, lat];
  });
  const west = Math.min(...unrolled.map(([long = 0]) => long));
  return west < -180 ? unrolled.map(([long = 0, lat = 0]) => [long + 360, lat]) : unrolled;
}

/** A map in `element`, on which all places can be seen. */
export function worldMap(element: HTMLElement, options: L.MapOptions): L.Map {
  const map = L.map(element, {
    minZoom: 1,
    maxZoom: 9,
    zoomSnap: 0.5,
    maxBounds: [
      [-85, -200],
      [85, 200],
    ],
    worldCopyJump: false,
    ...options,
  });
  map.attributionControl.setPrefix(false).addAttribution("Outlines: Natural Earth. Places: GeoNames, CC BY 4.0");
  let gone = false;
  map.on("unload", () => {
    gone = true;
  });
  countries().then(
    (world) => {
      // Who was quick has left the view before its outlines came.
      if (gone) return;
      const layer = L.geoJSON(world, { interactive: false, style: { className: "country", weight: 0.7 } });
      layer.addTo(map).bringToBack();
    },
    // The places can be read without the outlines.
    () => undefined,
  );
  return map;
}

/** A dot of a size, which the keyboard reaches. */
export function dot(place: L.LatLngExpression, size: number, label: string, options: L.MarkerOptions = {}): L.Marker {
  const icon = L.divIcon({ className: "place", iconSize: [size, size] });
  return L.marker(place, { icon, title: label, alt: label, ...options });
}
