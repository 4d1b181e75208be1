"""Validates a graph with pySHACL and prints what it finds, one result a line.

    python3 judge_shapes.py GRAPH SHAPES

Columns, with tabs between: focus node, path (a property's IRI, `path` for a longer one), value, local names of constraint
component and severity. IRIs and lexical forms are bare.
"""

import sys

import rdflib
from pyshacl import validate
from rdflib.namespace import SH

# "007" is another literal than "7".
rdflib.NORMALIZE_LITERALS = False

graph = rdflib.Graph().parse(sys.argv[1])
shapes = rdflib.Graph().parse(sys.argv[2])
_, report, _ = validate(graph, shacl_graph=shapes, inference="none", allow_infos=True, allow_warnings=True)

rows = set()
for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
    # Results inside others are reasons, not results.
    if not list(report.subjects(SH.result, result)):
        continue
    path = report.value(result, SH.resultPath)
    path = "" if path is None else str(path) if isinstance(path, rdflib.URIRef) else "path"
    value = report.value(result, SH.value)
    rows.add("\t".join([
        str(report.value(result, SH.focusNode)),
        path,
        "" if value is None else str(value),
        str(report.value(result, SH.sourceConstraintComponent)).split("#")[-1],
        str(report.value(result, SH.resultSeverity)).split("#")[-1].lower(),
    ]))
print("\n".join(sorted(rows)))
