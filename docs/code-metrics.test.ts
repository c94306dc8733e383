import { expect, test } from "vitest";

import { codeMetrics } from "../scripts/metrics/code-metrics.ts";
import { cyclesOf, importedBy, importGraph } from "../scripts/metrics/imports.ts";
import { root } from "./markdown.ts";

const metrics = codeMetrics(root);

test("files and functions stay short", () => {
  expect(metrics.median).toBeLessThanOrEqual(60);
  expect(metrics.longFiles).toEqual([]);
  expect(metrics.longFunctions).toEqual([]);
});

test("no files import each other in a circle, not even types", () => {
  expect(metrics.cycles).toEqual([]);
});

test("imports are found in every form", () => {
  const text = [
    'import a from "./a.ts";',
    'import type {\n  B,\n  C,\n} from "./b.ts";',
    'import "./c.ts";',
    'export * from "./d.ts";',
    'export { e } from "./e.ts";',
    'const f = import("./f.ts");',
    'const notOne = "import x from ./g.ts";',
    'export const from = "./h.ts";',
  ].join("\n");
  expect(importedBy(text)).toEqual(["a", "b", "c", "d", "e", "f"].map((name) => `./${name}.ts`));
});

test("a cycle is found through types and through a package's name", () => {
  const file = (name: string, text: string) => ({ file: name, text, lines: 1, product: true });
  const graph = importGraph([
    file("packages/a/src/index.ts", 'export * from "./inner/x.ts";'),
    file("packages/a/src/inner/x.ts", 'import type { Y } from "../y.ts";'),
    file("packages/a/src/y.ts", 'import { x } from "@call-log/a";'),
    file("packages/b/src/index.ts", 'import { x } from "@call-log/a";'),
  ]);
  expect(cyclesOf(graph)).toEqual([
    ["packages/a/src/index.ts", "packages/a/src/inner/x.ts", "packages/a/src/y.ts"],
  ]);
});
