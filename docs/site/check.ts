// Checks the built site: every link and anchor leads somewhere, nothing is loaded from outside, every page is there, and for llms.txt too.
import { readFileSync } from "node:fs";
import path from "node:path";

import { root } from "../markdown.ts";
import { builtPages, deadLinks, fileIn, outsideSources } from "./built-links.ts";
import { siteGroups } from "./pages.ts";

const SITE = path.join(root, "docs/site/dist/html");

const has = fileIn(SITE);
const pages = builtPages(SITE);
const expected = siteGroups().flatMap((group) => group.pages.map(({ target }) => target));
const index = readFileSync(path.join(SITE, "llms.txt"), "utf8");
const missing = expected.flatMap((target) => {
  const faults = [
    ...(has(target) ? [] : [`${target} is not served as Markdown`]),
    ...(has(target.replace(/\.md$/, ".html")) ? [] : [`${target} has no page`]),
    ...(index.includes(`(/${target})`) ? [] : [`llms.txt does not have ${target}`]),
  ];
  return faults;
});
const faults = [
  ...missing,
  ...deadLinks(pages, has).map((dead) => `leads nowhere: ${dead}`),
  ...outsideSources(pages).map((source) => `is loaded from outside: ${source}`),
];
process.stdout.write(
  `${faults.join("\n")}\n${Object.keys(pages).length} pages of the site, ${faults.length} faults\n`.trimStart(),
);
process.exitCode = faults.length === 0 ? 0 : 1;
