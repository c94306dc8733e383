import { readdirSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { localLinks, root, textOf } from "./markdown.ts";

const FOLDERS = ["reference", "guides", "decisions"];

test("docs/README.md links every page", () => {
  const linked = localLinks(textOf("docs/README.md"));
  const pages = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, "docs", folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  );
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
});
