// Comunica asks the server: as a SPARQL endpoint, and by following linked data. The argument is the server's address.

import { createRequire } from "node:module";

const require = createRequire(process.env.URBI_TEST_NODE_MODULES + "/");
const { QueryEngine } = require("@comunica/query-sparql");

const server = process.argv[2];
const engine = new QueryEngine();
const check = (holds, what) => {
  if (!holds) throw new Error(what);
};

const query = `PREFIX urbi: <https://w3id.org/urbi/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
  SELECT ?city ?label WHERE { ?event urbi:heldIn ?city . ?city rdfs:label ?label } LIMIT 500`;
const sources = [{ type: "sparql", value: server + "sparql" }];
const rows = await (await engine.queryBindings(query, { sources })).toArray();
check(rows.some((row) => row.get("label").value === "Medellín"), `${rows.length} rows, and no Medellín`);
check(await engine.queryBoolean("ASK { ?s ?p ?o }", { sources }), "an empty graph");
const quads = await (await engine.queryQuads("CONSTRUCT WHERE { ?s a <https://w3id.org/urbi/ontology#City> }", { sources })).toArray();
check(quads.length > 5, `${quads.length} cities`);

const page = server + "urbi/id/city/3674962";
const label = "SELECT ?label WHERE { <https://w3id.org/urbi/id/city/3674962> <http://www.w3.org/2000/01/rdf-schema#label> ?label }";
const described = await (await engine.queryBindings(label, { sources: [page] })).toArray();
check(described.length === 1 && described[0].get("label").value === "Medellín", "the page of Medellín does not say its name");
