// Writes the pages of the site to a folder of their own, with links as the site needs them, and the files beside them.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "../markdown.ts";
import { homePage } from "./home-page.ts";
import { llmsTexts } from "./llms-text.ts";
import { withSiteLinks } from "./page-links.ts";
import { siteGroups } from "./pages.ts";
import { readProduct } from "./product.ts";

const STAGED = path.join(root, "docs/site/dist/pages");

/** Write everything that VitePress builds the site from. */
function stage(): void {
  const product = readProduct();
  const groups = siteGroups();
  const pages = groups.flatMap((group) => group.pages);
  const targets = {
    pages: new Map(pages.map(({ file, target }) => [file, target])),
    repository: product.repository,
  };
  rmSync(STAGED, { recursive: true, force: true });
  const write = (target: string, text: string) => {
    mkdirSync(path.dirname(path.join(STAGED, target)), { recursive: true });
    writeFileSync(path.join(STAGED, target), text);
  };
  const linked = groups.map((group) => ({
    ...group,
    pages: group.pages.map((page) => ({
      ...page,
      text: withSiteLinks(page.file, page.text, targets),
    })),
  }));
  write("index.md", homePage(product));
  for (const { target, text } of linked.flatMap((group) => group.pages)) {
    write(target, text);
    write(`public/${target}`, text);
  }
  const { index, full } = llmsTexts(product, linked);
  write("public/llms.txt", index);
  write("public/llms-full.txt", full);
  cpSync(path.join(root, "docs/images"), path.join(STAGED, "public/images"), { recursive: true });
}

stage();
