"""Other people's clients ask the server: SPARQLWrapper, rdflib's SPARQLStore; and pyoxigraph answers the saved questions over
the export as the server does over the store.

Arguments: the address of the server, and the export as N-Quads.
"""

import json
import sys
import urllib.request
from collections import Counter

import pyoxigraph
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

server, export = sys.argv[1], sys.argv[2]
endpoint = server + "sparql"
CITIES = "SELECT ?c ?l { ?c a <https://w3id.org/urbi/ontology#City> ; rdfs:label ?l } ORDER BY ?l"


def get(path, accept):
    request = urllib.request.Request(server + path, headers={"Accept": accept})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def with_sparqlwrapper():
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery(CITIES)
    for form in (JSON, XML, CSV):
        wrapper.setReturnFormat(form)
        for method in ("GET", "POST"):
            wrapper.setMethod(method)
            answer = wrapper.queryAndConvert()
            assert answer, form
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert any(row["l"]["value"] == "Medellín" for row in rows), rows
    wrapper.setQuery("CONSTRUCT WHERE { ?c <https://w3id.org/urbi/ontology#heldIn> ?p }")
    wrapper.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=wrapper.queryAndConvert(), format="turtle")
    assert len(graph) > 10, len(graph)
    return len(rows)


def with_rdflib(count):
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="json"))
    rows = list(graph.query(CITIES))
    assert len(rows) == count, (len(rows), count)
    city = rdflib.URIRef("https://w3id.org/urbi/id/city/3674962")
    assert str(graph.value(city, rdflib.RDFS.label)) == "Medellín"
    # Linked data, as rdflib follows it.
    for form, media_type in (("turtle", "text/turtle"), ("json-ld", "application/ld+json"), ("nt", "application/n-triples")):
        described = rdflib.Graph().parse(data=get("urbi/id/city/3674962", media_type), format=form)
        assert (city, rdflib.RDFS.label, None) in described, form


def term(value):
    return None if value is None else str(value)


def with_pyoxigraph():
    store = pyoxigraph.Store()
    store.bulk_load(path=export, format=pyoxigraph.RdfFormat.N_QUADS)
    queries = json.loads(get("api/queries", "application/json"))["queries"]
    assert len(queries) >= 18, len(queries)
    for query in queries:
        assert query["bound"], query["name"]
        expected = store.query(query["bound"])
        if query["kind"] in ("construct", "describe"):
            answer = pyoxigraph.parse(get("api/queries/" + query["name"], "application/n-triples"), pyoxigraph.RdfFormat.N_TRIPLES)
            ours, theirs = {str(quad.triple) for quad in answer}, {str(triple) for triple in expected}
        elif query["kind"] == "ask":
            ours = json.loads(get("api/queries/" + query["name"], "application/sparql-results+json"))["boolean"]
            theirs = bool(expected)
        else:
            answer = pyoxigraph.parse_query_results(
                get("api/queries/" + query["name"], "application/sparql-results+json"), pyoxigraph.QueryResultsFormat.JSON
            )
            names = [variable.value for variable in expected.variables]
            rows = lambda solutions: Counter(tuple(term(row[name]) for name in names) for row in solutions)
            ours, theirs = rows(answer), rows(expected)
        assert ours == theirs, (query["name"], ours, theirs)


with_rdflib(with_sparqlwrapper())
with_pyoxigraph()
