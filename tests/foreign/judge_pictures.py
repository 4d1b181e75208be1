"""Opens pictures with other people's libraries.

    python3 judge_pictures.py FOLDER

FOLDER holds picture.svg and picture.png of the same part of a graph. Python's XML parser reads the SVG, Pillow the PNG, which
must be as wide and as high, twice over, and show the colours of the SVG. Exits with 1 and what is wrong if not.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"

folder = Path(sys.argv[1])
root = ElementTree.parse(folder / "picture.svg").getroot()
texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
if root.tag != f"{SVG}svg" or "Medellín" not in texts:
    sys.exit(f"SVG: no Medellín among {texts[:9]}")
if list(root.iter("script")) or list(root.iter(f"{SVG}script")):
    sys.exit("SVG: a label became a script")
wide, high = int(root.get("width")), int(root.get("height"))
picture = Image.open(folder / "picture.png").convert("RGB")
if picture.size != (2 * wide, 2 * high):
    sys.exit(f"PNG: {picture.size}, not twice {(wide, high)}")
fills = {shape.get("fill") for name in ("rect", "ellipse") for shape in root.iter(f"{SVG}{name}")} - {None, "none", "white"}
colours = {"#%02X%02X%02X" % colour for _, colour in picture.getcolors(1 << 24)}
if not fills or not fills <= colours:
    sys.exit(f"PNG: lacks {fills - colours}")
# Text was drawn, and not as empty boxes alone: there is black.
black = sum(count for count, colour in picture.getcolors(1 << 24) if max(colour) < 60)
if black < 10 * len(texts):
    sys.exit(f"PNG: {black} black pixels for {len(texts)} texts")
print(f"{len(texts)} texts, {picture.size}")
