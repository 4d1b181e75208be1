// Reads view.jsonld with jsonld.js and compares the statements with view.nt.
//
//     node judge_jsonld.mjs FOLDER MODULES
//
// MODULES is a folder with node_modules/jsonld. Exits with 1 and the difference if they differ.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [folder, modules] = process.argv.slice(2);
const jsonld = createRequire(join(resolve(modules), "judge.js"))("jsonld");
const lines = (text) => new Set(text.split("\n").filter((line) => line !== ""));

// Both are parsed and written by the same library, so that escapes do not count.
const rewrite = async (nquads) =>
  lines(await jsonld.canonize(nquads, { algorithm: "RDFC-1.0", inputFormat: "application/n-quads", format: "application/n-quads" }));
const document = JSON.parse(readFileSync(join(folder, "view.jsonld"), "utf8"));
const found = await rewrite(await jsonld.toRDF(document, { format: "application/n-quads" }));
const expected = await rewrite(readFileSync(join(folder, "view.nt"), "utf8"));
const lost = [...expected].filter((line) => !found.has(line));
const invented = [...found].filter((line) => !expected.has(line));
if (lost.length + invented.length > 0) {
  console.error("view.jsonld by jsonld.js differs:\n  lost", lost.slice(0, 5), "\n  invented", invented.slice(0, 5));
  process.exit(1);
}
console.log(`view.jsonld by jsonld.js: ${found.size} statements`);
