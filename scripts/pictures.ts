// Draws the pictures of ARCHITECTURE.md again from the imports: `npm run pictures`.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import {
  blockIn,
  groupGraph,
  mermaidBlock,
  PICTURES,
  withoutImplied,
} from "./metrics/import-picture.ts";
import { importGraph } from "./metrics/imports.ts";
import { sourceFiles } from "./metrics/source-files.ts";

const root = path.join(import.meta.dirname, "..");
const page = path.join(root, "ARCHITECTURE.md");
const imports = importGraph(sourceFiles(root).filter((file) => file.product));
let text = readFileSync(page, "utf8");
for (const picture of PICTURES) {
  const graph = withoutImplied(groupGraph(imports, picture.groupOf));
  const before = blockIn(text, picture);
  if (before === undefined) throw new Error(`ARCHITECTURE.md has no picture of ${picture.title}`);
  text = text.replace(before, mermaidBlock(picture, graph));
}
writeFileSync(page, text);
