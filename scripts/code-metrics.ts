// Prints the shape of the code as a table: `npm run code-metrics [FOLDER OF A CHECKOUT]`.
import path from "node:path";

import { codeMetrics } from "./metrics/code-metrics.ts";
import { dependencyClosure } from "./metrics/dependency-closure.ts";

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, ".."));
const metrics = codeMetrics(root);
const closure = dependencyClosure(root, "packages/client");
const rows: [string, string | number][] = [
  ["product files", metrics.files],
  ["product lines", metrics.lines],
  ["median lines of a file", metrics.median],
  ["biggest file", `${metrics.biggest.lines} (${metrics.biggest.file})`],
  ["files over 300 lines", metrics.longFiles.length],
  ["functions over 60 lines", metrics.longFunctions.length],
  ["import cycles, types included", metrics.cycles.length],
  ["lines of embedded-mongo", metrics.embeddedMongoLines],
  ["packages that the client brings", closure.packages],
  ["size of these, MB", (closure.bytes / 1e6).toFixed(1)],
  ["test, benchmark and script files", metrics.otherFiles],
  ["lines of these", metrics.otherLines],
];
console.log("| metric | value |\n| --- | --- |");
for (const [name, value] of rows) console.log(`| ${name} | ${value} |`);
for (const cycle of metrics.cycles) console.log(`\ncycle: ${cycle.join(", ")}`);
