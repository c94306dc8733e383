import { describe, expect, test } from "vitest";

import {
  blockIn,
  groupGraph,
  mermaidBlock,
  PICTURES,
  withoutImplied,
} from "../scripts/metrics/import-picture.ts";
import { cyclesOf, importGraph } from "../scripts/metrics/imports.ts";
import { sourceFiles } from "../scripts/metrics/source-files.ts";
import { root, tableRows, textOf } from "./markdown.ts";

const imports = importGraph(sourceFiles(root).filter((file) => file.product));
const page = textOf("ARCHITECTURE.md");

describe.each(PICTURES)("the picture of the $title", (picture) => {
  const graph = groupGraph(imports, picture.groupOf);

  test("has an arrow or a way of arrows for each import, and no other arrow (npm run pictures)", () => {
    expect(blockIn(page, picture)).toBe(mermaidBlock(picture, withoutImplied(graph)));
  });

  // The store's documents name each other's types, across its folders.
  test.skipIf(picture.title.includes("store"))("has no circle", () => {
    expect(cyclesOf(graph)).toEqual([]);
  });
});

test.each([
  ["dispatcher", PICTURES[1]!],
  ["store", PICTURES[2]!],
])("the table of the folders of the %s has each of them", (name, { groupOf }) => {
  const rows = tableRows(page.slice(page.indexOf(`Folders in \`packages/${name}/src\``)));
  const folders = [...groupGraph(imports, groupOf).keys()];
  expect(rows.map(([folder]) => folder!).toSorted()).toEqual(folders.toSorted());
});

test("an arrow that others imply is left out, one that nothing else says stays", () => {
  const graph = new Map([
    ["app", ["router", "store", "model"]],
    ["router", ["store"]],
    ["store", ["model"]],
    ["model", []],
  ]);
  expect([...withoutImplied(graph)]).toEqual([
    ["app", ["router"]],
    ["router", ["store"]],
    ["store", ["model"]],
    ["model", []],
  ]);
});

test("groups are the folders of files; files beside them are in none", () => {
  const graph = new Map([
    ["packages/store/src/calls/a.ts", ["packages/store/src/reads/b.ts", "packages/store/src/c.ts"]],
    ["packages/store/src/c.ts", ["packages/store/src/calls/a.ts"]],
    ["packages/store/src/reads/b.ts", []],
  ]);
  const [, , store] = PICTURES;
  expect([...groupGraph(graph, store!.groupOf)]).toEqual([
    ["calls", ["reads"]],
    ["reads", []],
  ]);
});
