// Asks queries of quads with Comunica: JSON in ({quads, queries}), SPARQL results in JSON out, by the name of the query.
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const { quads, queries } = JSON.parse(readFileSync(0, "utf8"));
const store = new Store(new Parser({ format: "N-Quads" }).parse(quads));
const engine = new QueryEngine();

const asJson = (term) =>
  term.termType === "NamedNode" ? { type: "uri", value: term.value } : { type: "literal", value: term.value };

const answers = {};
for (const [name, query] of Object.entries(queries)) {
  const result = await engine.query(query, { sources: [store], unionDefaultGraph: true });
  if (result.resultType === "quads") {
    const triples = await (await result.execute()).toArray();
    answers[name] = { triples: triples.map((it) => [it.subject.value, it.predicate.value, it.object.value]) };
  } else {
    const { variables } = await result.metadata();
    const rows = await (await result.execute()).toArray();
    answers[name] = {
      head: { vars: variables.map((it) => (it.variable ?? it).value) },
      results: {
        bindings: rows.map((row) => Object.fromEntries([...row].map(([key, term]) => [key.value, asJson(term)]))),
      },
    };
  }
}
process.stdout.write(JSON.stringify(answers));
