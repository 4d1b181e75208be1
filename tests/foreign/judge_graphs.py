"""Reads the exports that are no RDF with other people's libraries, and finds the graph of view.ttl in each of them.

    python3 judge_graphs.py FOLDER

FOLDER holds view.ttl, view.graphml, view.gexf, view.geojson, view.ics, and gephi/ and neo4j/ with nodes.csv and
edges.csv. networkx reads GraphML and GEXF, geojson and shapely the places, icalendar the calendar, csv the tables; what
they find must be what rdflib finds in the Turtle. Exits with 1 and the difference if not.
"""

import csv
import datetime
import json
import sys
from pathlib import Path

import geojson
import icalendar
import networkx
import rdflib
import shapely
from rdflib.namespace import RDF, RDFS

URBI = rdflib.Namespace("https://w3id.org/urbi/ontology#")
GEO = rdflib.Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")


def plain(text):
    """Control characters and marks of direction are blanks in these formats."""
    return "".join(" " if not c.isprintable() and not c.isspace() or c in "\t\r\n\x85\u2028\u2029" or "\u202a" <= c <= "\u202e" else c for c in str(text))


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what} differs:\n  lost {sorted(map(str, expected - found))[:5]}\n  invented {sorted(map(str, found - expected))[:5]}")
    if not found:
        sys.exit(f"{what}: nothing to compare")
    print(f"{what}: {len(found)}")


def main(folder):
    view = rdflib.Graph().parse(folder / "view.ttl", format="turtle")
    classes = {}
    for s, _, o in view.triples((None, RDF.type, None)):
        classes.setdefault(s, set()).add(str(o).removeprefix(str(URBI)))
    nodes = {s for s, found in classes.items() if "Announcement" not in found and isinstance(s, rdflib.URIRef)}
    edges = {
        (str(s), str(p).removeprefix(str(URBI)), str(o))
        for s, p, o in view
        if s in nodes and o in nodes and str(p).startswith(str(URBI))
    }
    labels = {(str(s), plain(min(map(str, view.objects(s, RDFS.label)), default=str(s).rsplit("/")[-1].rsplit("#")[-1]))) for s in nodes}

    graph = networkx.read_graphml(folder / "view.graphml", force_multigraph=True)
    iri = networkx.get_node_attributes(graph, "iri")
    same("GraphML nodes", {(iri[n], graph.nodes[n]["label"]) for n in graph}, labels)
    same("GraphML edges", {(iri[a], d["relation"], iri[b]) for a, b, d in graph.edges(data=True)}, edges)
    if any(d["class"] not in classes[rdflib.URIRef(d["iri"])] for _, d in graph.nodes(data=True)):
        sys.exit("GraphML: a class is wrong")

    graph = networkx.read_gexf(folder / "view.gexf", version="1.3")
    same("GEXF nodes", {(n, d["label"]) for n, d in graph.nodes(data=True)}, labels)
    same("GEXF edges", {(a, d["label"], b) for a, b, d in graph.edges(data=True)}, edges)

    def rows(name):
        with open(folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    same("Gephi nodes", {(row["Id"], row["Label"]) for row in rows("gephi/nodes.csv")}, labels)
    same("Gephi edges", {(row["Source"], row["Label"], row["Target"]) for row in rows("gephi/edges.csv")}, edges)
    same("Neo4j nodes", {(row["iri:ID"], row["label"]) for row in rows("neo4j/nodes.csv")}, labels)
    same("Neo4j edges", {(row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in rows("neo4j/edges.csv")}, edges)
    if any(row[":LABEL"] not in classes[rdflib.URIRef(row["iri:ID"])] for row in rows("neo4j/nodes.csv")):
        sys.exit("Neo4j: a label is wrong")

    collection = geojson.loads((folder / "view.geojson").read_text(encoding="utf-8"))
    if not collection.is_valid:
        sys.exit(f"GeoJSON: {collection.errors()}")
    places = {
        (feature["id"], shapely.geometry.shape(feature["geometry"]).x, shapely.geometry.shape(feature["geometry"]).y)
        for feature in collection["features"]
    }
    expected = {(str(s), float(view.value(s, GEO.long)), float(lat)) for s, lat in view.subject_objects(GEO.lat) if s in nodes}
    same("GeoJSON places", places, expected)
    held = {(event["id"], feature["id"]) for feature in collection["features"] for event in feature["properties"]["events"]}
    there = {place for place, _, _ in places}
    same("GeoJSON events", held, {(a, b) for a, relation, b in edges if relation == "heldIn" and b in there})

    calendar = icalendar.Calendar.from_ical((folder / "view.ics").read_bytes())
    found = set()
    for event in calendar.walk("VEVENT"):
        if event.errors:
            sys.exit(f"iCalendar: {event.errors}")
        last = event.decoded("DTEND") - datetime.timedelta(days=1)
        found.add((str(event["UID"]), str(event["SUMMARY"]).replace("\n", " "), str(event.decoded("DTSTART")), str(last)))
        if event.get("STATUS") is None and type(event.decoded("DTSTART")) is not datetime.date:
            sys.exit("iCalendar: no day")
    name = dict(labels)
    expected = set()
    for s in nodes:
        start, end = view.value(s, URBI.startDate), view.value(s, URBI.endDate)
        if start is not None and len(str(start)) == 10:
            end = str(end) if end is not None and len(str(end)) == 10 else str(start)
            expected.add((str(s), name[str(s)], str(start), end))
        for due in view.objects(s, URBI.submissionDeadline):
            expected.add((f"{s}#submissionDeadline", f"Submission deadline: {name[str(s)]}", str(due), str(due)))
    exact = {(str(e["UID"])) for e in calendar.walk("VEVENT") if e.get("STATUS") is None}
    same("iCalendar events", {event for event in found if event[0] in exact}, expected)
    months = {event for event in found if event[0] not in exact}
    if not any(first.endswith("-01") and last[8:] in ("28", "29", "30", "31") for _, _, first, last in months):
        sys.exit("iCalendar: no event fills its month")
    json.dumps(sorted(months))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
