"""rdflib applies a patch to the graph before, and must arrive at the graph after."""

import sys
from pathlib import Path

from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

folder = Path(sys.argv[1])
before = Dataset()
before.parse(folder / "before.nt", format="nt")
before.parse(folder / "changes.rdfp", format="patch")
patched = Graph()
for s, p, o, _ in before.quads():
    patched.add((s, p, o))
after = Graph().parse(folder / "after.nt", format="nt")
if not isomorphic(patched, after):
    print("only patched:", sorted(set(patched) - set(after))[:5])
    print("only after:", sorted(set(after) - set(patched))[:5])
    sys.exit(1)
