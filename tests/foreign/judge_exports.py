"""Reads every export of one graph with other people's libraries and compares what they find.

    python3 judge_exports.py FOLDER

FOLDER holds view.ttl, view.nt, view.rdf, view.jsonld (the view), and all.nq, all.trig (the view and the graphs of
evidence). pyoxigraph and rdflib must find the same statements in each of them, and the same ones in all; PyLD must find
them in the JSON-LD, too, and must compact what it found to the very same JSON. Exits with 1 and the difference if not.
"""

import json
import sys
from pathlib import Path

import pyoxigraph
import rdflib
from pyld import jsonld

# "007" is another literal than "7".
rdflib.NORMALIZE_LITERALS = False
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


def from_pyoxigraph(term):
    if term is None or isinstance(term, pyoxigraph.DefaultGraph):
        return None
    if isinstance(term, pyoxigraph.Literal):
        return ("literal", term.value, term.datatype.value if not term.language else None, term.language)
    return ("iri" if isinstance(term, pyoxigraph.NamedNode) else "blank", term.value)


def from_rdflib(term):
    if isinstance(term, rdflib.Literal):
        language = term.language.lower() if term.language else None
        return ("literal", str(term), None if language else str(term.datatype or XSD_STRING), language)
    return ("iri" if isinstance(term, rdflib.URIRef) else "blank", str(term))


def read_pyoxigraph(path, form):
    quads = pyoxigraph.parse(path=str(path), format=form)
    return {tuple(from_pyoxigraph(term) for term in (q.subject, q.predicate, q.object, q.graph_name)) for q in quads}


def read_rdflib(path, name):
    dataset = rdflib.Dataset()
    dataset.parse(str(path), format=name)
    found = set()
    for s, p, o, graph in dataset.quads():
        default = graph is None or str(graph) == "urn:x-rdflib:default" or str(graph) == path.absolute().as_uri()
        graph = None if default else from_rdflib(graph)
        found.add((from_rdflib(s), from_rdflib(p), from_rdflib(o), graph))
    return found


def same(what, found, expected):
    if found != expected:
        lost, invented = sorted(map(str, expected - found)), sorted(map(str, found - expected))
        sys.exit(f"{what} differs:\n  lost {lost[:5]}\n  invented {invented[:5]}")
    print(f"{what}: {len(found)} statements")


def judge_compaction(path):
    """Our compact form is the one that JSON-LD's own algorithm gives, arrays and all.

    With one difference: a typed value says `@type`, never an alias of it, which rdflib would not understand.
    """
    ours = json.loads(path.read_text(encoding="utf-8"))
    theirs = jsonld.compact(jsonld.expand(ours), {"@context": ours["@context"]}, {"graph": True})
    context = ours["@context"]
    key = next((name for name, to in context.items() if to == "@id"), "@id")
    type_key = next((name for name, to in context.items() if "@type" in (to, isinstance(to, dict) and to.get("@id"))), "@type")

    def nodes(document):
        def plain(value):
            # Values of a property have no order.
            if isinstance(value, list):
                return sorted((plain(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
            if isinstance(value, dict) and "@value" in value:
                return {"@type" if k == type_key else k: v for k, v in value.items()}
            return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value

        return {node[key]: plain(node) for node in document.get("@graph", [])}

    ours, theirs = nodes(ours), nodes(theirs)
    for iri in sorted(ours.keys() | theirs.keys()):
        if ours.get(iri) != theirs.get(iri):
            sys.exit(f"compaction of <{iri}> differs:\n  ours   {ours.get(iri)}\n  theirs {theirs.get(iri)}")
    print(f"compaction: {len(ours)} nodes are as PyLD gives them")


def main(folder):
    formats = pyoxigraph.RdfFormat
    view = read_pyoxigraph(folder / "view.nt", formats.N_TRIPLES)
    everything = read_pyoxigraph(folder / "all.nq", formats.N_QUADS)
    if {quad for quad in everything if quad[3] is None} != view:
        sys.exit("the default graph of all.nq is not view.nt")
    for name, form, rdflib_name, expected in [
        ("view.nt", formats.N_TRIPLES, "nt", view),
        ("view.ttl", formats.TURTLE, "turtle", view),
        ("view.rdf", formats.RDF_XML, "xml", view),
        ("view.jsonld", formats.JSON_LD, "json-ld", view),
        ("all.nq", formats.N_QUADS, "nquads", everything),
        ("all.trig", formats.TRIG, "trig", everything),
    ]:
        same(f"{name} by pyoxigraph", read_pyoxigraph(folder / name, form), expected)
        same(f"{name} by rdflib", read_rdflib(folder / name, rdflib_name), expected)
    document = json.loads((folder / "view.jsonld").read_text(encoding="utf-8"))
    nquads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    found = {
        tuple(from_pyoxigraph(term) for term in (q.subject, q.predicate, q.object, q.graph_name))
        for q in pyoxigraph.parse(input=nquads.encode(), format=formats.N_QUADS)
    }
    same("view.jsonld by PyLD", found, view)
    judge_compaction(folder / "view.jsonld")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
