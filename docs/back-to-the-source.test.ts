import { expect, test } from "vitest";

import { backToSource } from "../packages/model/src/index.ts";
import { blocksOf, textOf } from "./markdown.ts";

const PAGE = "docs/reference/back-to-the-source.md";
const settings = blocksOf(textOf(PAGE))
  .filter(({ language }) => language === "json")
  .map(({ content }) => JSON.parse(content) as { kind?: string })
  .filter(({ kind }) => kind !== undefined);

test("the page shows settings of every kind", () => {
  const kinds = backToSource.def.options.map((option) => option.shape.kind.value);
  expect(settings.map(({ kind }) => kind)).toEqual(kinds);
});

test.each(settings)("its settings of the kind $kind can be saved as they are", (back) => {
  expect(backToSource.safeParse(back).error).toBeUndefined();
});
