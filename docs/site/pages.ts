import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import { root, textOf } from "../markdown.ts";
import { type Entry, type Section, SECTIONS } from "./navigation.ts";

/** A page of the site. */
export interface Page {
  /** Its file in the checkout. */
  file: string;
  /** Its path on the site, such as `guides/start.md`. */
  target: string;
  /** Its name in the sidebar. */
  name: string;
  /** Its heading. */
  title: string;
  text: string;
}

/** A group of the sidebar with its pages. */
export interface PageGroup {
  title: string;
  pages: Page[];
}

/** Every page of the site, in the order of the sidebar. */
export function siteGroups(sections: readonly Section[] = SECTIONS): PageGroup[] {
  const named = new Set(sections.flatMap(({ entries }) => entries.map(({ file }) => file)));
  return sections.map(({ title, entries, rest }) => {
    const others = rest === undefined ? [] : pagesIn(rest).filter((file) => !named.has(file));
    const unnamed = others.map((file): Entry => ({ file }));
    return { title, pages: [...entries, ...unnamed].map(pageOf) };
  });
}

function pagesIn(folder: string): string[] {
  const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".md"));
  return names.toSorted().map((name) => `${folder}/${name}`);
}

function pageOf({ file, name }: Entry): Page {
  if (!existsSync(path.join(root, file)))
    throw new Error(`the sidebar names ${file}, which is not there`);
  const text = textOf(file);
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`${file} has no heading`);
  return { file, target: targetOf(file), name: name ?? title, title, text };
}

/** Path of a page on the site: that below `docs`; pages from elsewhere are under `project`. */
export function targetOf(file: string): string {
  if (file === "docs/README.md") return "overview.md";
  if (file.startsWith("docs/")) return file.slice("docs/".length);
  const words = file
    .replace(/\.md$/, "")
    .replace(/\/README$/, "")
    .split("/");
  return `project/${words.join("-").toLowerCase()}.md`;
}

/** First paragraph of a page as plain text. */
export function summaryOf(text: string): string {
  const paragraphs = text.replace(/^```.*?^```$/gms, "").split(/\n\s*\n/);
  const first = paragraphs.find((paragraph) => /^[A-Z*_`[]/.test(paragraph.trim())) ?? "";
  return first
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll("**", "");
}
