// Mermaid's own parser reads a picture, and must find the nodes and edges that its DOT has.
//
//     node judge_mermaid.mjs FILE NODE_MODULES NODES EDGES
//
// NODES and EDGES are how many there must be. Exits with 1 and what is wrong if not.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [file, modules, nodes, edges] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(modules, path)));
const { JSDOM } = (await load("jsdom/lib/api.js")).default;
const dom = new JSDOM("<body></body>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const mermaid = (await load("mermaid/dist/mermaid.core.mjs")).default;
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxEdges: 100000, maxTextSize: 10000000 });

const text = readFileSync(file, "utf8");
await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
const found = [...db.getVertices().values()];
const fail = (message) => {
  console.error(message);
  process.exit(1);
};
if (found.length !== Number(nodes)) fail(`${found.length} nodes, not ${nodes}`);
if (db.getEdges().length !== Number(edges)) fail(`${db.getEdges().length} edges, not ${edges}`);
const strange = found.find((node) => /<(?!br\/?>)/.test(node.text.replace(/#\d+;|ﬂ°°\d+¶ß/g, "")));
if (strange) fail(`a label became markup: ${strange.text}`);
console.log(`${found.length} nodes, ${db.getEdges().length} edges`);
