"""PyLD frames an export, and must get what Urbi got.

    python3 judge_frames.py FOLDER

FOLDER holds view.jsonld, and for each N frame-N.json and framed-N.jsonld. Exits with 1 and the difference if not.
"""

import json
import sys
from pathlib import Path

from pyld import jsonld

folder = Path(sys.argv[1])
view = json.loads((folder / "view.jsonld").read_text(encoding="utf-8"))
context = view["@context"]


def plain(value):
    """Values of a property have no order, and a typed value says `@type` and never an alias of it."""
    if isinstance(value, list):
        return sorted((plain(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict) and "@value" in value:
        return {"@type" if key == "type" else key: item for key, item in value.items()}
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


frames = sorted(folder.glob("frame-*.json"))
for path in frames:
    frame = {**json.loads(path.read_text(encoding="utf-8")), "@context": context}
    theirs = jsonld.frame(view, frame, {"omitGraph": False, "processingMode": "json-ld-1.1"})
    ours = json.loads((folder / path.name.replace("frame-", "framed-").replace(".json", ".jsonld")).read_text(encoding="utf-8"))
    theirs = {node["id"]: plain(node) for node in theirs["@graph"]}
    ours = {node["id"]: plain(node) for node in ours["@graph"]}
    for iri in sorted(ours.keys() | theirs.keys()):
        if ours.get(iri) != theirs.get(iri):
            sys.exit(f"{path.name}: <{iri}> differs:\n  ours   {json.dumps(ours.get(iri), sort_keys=True)}\n  theirs {json.dumps(theirs.get(iri), sort_keys=True)}")
    if not ours:
        sys.exit(f"{path.name}: nothing to compare")
    print(f"{path.name}: {len(ours)} nodes")
if not frames:
    sys.exit("no frames")
