import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Text of a file, by its path in the checkout. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** Paths of all files under a folder of the checkout, built and installed ones left out. */
export function filesUnder(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const inside = path.join(folder, entry.name);
    if (!entry.isDirectory()) return [inside];
    return ["node_modules", "dist", ".turbo"].includes(entry.name) ? [] : filesUnder(inside);
  });
}

/** Text under a heading, up to the next one of the same or a higher level. */
export function section(text: string, heading: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.replace(/^#+ /, "") === heading);
  if (start < 0) throw new Error(`there is no heading "${heading}"`);
  const level = lines[start]!.indexOf(" ");
  const isEnd = (line: string) => /^#+ /.test(line) && line.indexOf(" ") <= level;
  const length = withoutFences(lines.slice(start + 1).join("\n"))
    .split("\n")
    .findIndex(isEnd);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join("\n");
}

/** Rows of the first table, without its head; code marks are taken off cells that are nothing but code. */
export function tableRows(text: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith("|"));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end < 0 ? undefined : end).map(cellsOf);
}

function cellsOf(line: string): string[] {
  const cells = line.split("|").slice(1, -1);
  return cells.map((cell) => cell.trim().replace(/^`([^`]*)`$/, "$1"));
}

/** A fenced block: its language, the note behind that (`sh needs-a-carrier`), its content. */
export interface Block {
  language: string;
  note: string;
  content: string;
}

/** All fenced blocks, in their order. */
export function blocksOf(text: string): Block[] {
  const blocks = text.matchAll(/^ *```(\w*) *(.*?)\n(.*?)^ *```$/gms);
  return [...blocks].map(([, language, note, content]) => ({
    language: language!,
    note: note!,
    content: content!,
  }));
}

/** Contents of the fenced blocks in a language that have no note. */
export function fences(text: string, language: string): string[] {
  const wanted = blocksOf(text).filter((block) => block.language === language && block.note === "");
  return wanted.map(({ content }) => content);
}

/** Code within sentences. */
export function codeSpans(text: string): string[] {
  return [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
}

/** Targets of links within the repository, without their anchors. */
export function localLinks(text: string): string[] {
  const targets = [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target]) => target!,
  );
  return targets
    .filter((target) => !/^(https?:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ""));
}

// Blank lines instead, so that line numbers stay.
function withoutFences(text: string): string {
  return text.replace(/^```.*?^```$/gms, (block) => block.replace(/.+/g, ""));
}
