import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { QUEUE_PREFIX, QUEUES } from "../packages/model/src/index.ts";
import { SCRIPTED_BLOCK, SCRIPTS } from "../packages/provider/src/simulated/script/scripts.ts";
import { codeSpans, filesUnder, localLinks, root, section, tableRows, textOf } from "./markdown.ts";

const SOURCES = "packages apps clients bench chaos docs examples scripts .ci".split(" ");
const files = SOURCES.flatMap(filesUnder);
const names = new Set([...readdirSync(root), ...files.map((file) => path.basename(file))]);
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...files.filter((file) => file.endsWith(".md")),
];

describe.each(pages)("%s", (page) => {
  const text = textOf(page);
  const beside = (target: string) => path.join(root, path.dirname(page), target);

  test("links to what exists", () => {
    expect(localLinks(text).filter((target) => !existsSync(beside(target)))).toEqual([]);
  });

  test("names paths and files that exist", () => {
    const spans = codeSpans(text).filter((code) => /^[\w@./-]+$/.test(code));
    const paths = spans.filter((code) => [...SOURCES, "src"].includes(code.split("/")[0]!));
    const missing = paths.filter(
      (target) => !existsSync(path.join(root, target)) && !existsSync(beside(target)),
    );
    const bare = spans.filter((code) => /^[\w.-]+\.(ts|mjs)$/.test(code));
    expect([...missing, ...bare.filter((name) => !names.has(name))]).toEqual([]);
  });

  test("names npm scripts that exist", () => {
    expect(missingScripts(text)).toEqual([]);
  });

  test("names apps that can be started", () => {
    const apps = [...text.matchAll(/apps\/([\w-]+)\/dist\/main\.js/g)].map(([, app]) => app!);
    expect(apps.filter((app) => !files.includes(`apps/${app}/src/main.ts`))).toEqual([]);
  });
});

function missingScripts(text: string): string[] {
  const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
  const used = [...text.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g)];
  return used
    .map(([, run, short]) => (run ?? short)!)
    .filter((script) => !Object.hasOwn(scripts, script));
}

test("ARCHITECTURE.md has every folder", () => {
  const folders = ["packages", "apps", "clients"].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
  );
  const rows = tableRows(section(textOf("ARCHITECTURE.md"), "Rooms")).map(([folder]) => folder!);
  expect(rows.toSorted()).toEqual([...folders, "bench", "chaos", "docs", "examples"].toSorted());
});

test("README.md describes its numbers as their scripts do", () => {
  const rows = tableRows(section(textOf("README.md"), "Numbers to try"));
  expect(rows).toHaveLength(6);
  for (const [number, described] of rows) {
    const { description } = SCRIPTS[number!.slice(SCRIPTED_BLOCK.length)]!;
    expect(described!.slice(0, description.length)).toBe(description);
  }
});

test("docs/reference/queue.md names the queues and their prefix", () => {
  const text = textOf("docs/reference/queue.md");
  const rows = Object.fromEntries(tableRows(text).map(([what, value]) => [what, value]));
  expect(rows["queue"]).toBe(QUEUES.requests.name);
  expect(rows["key prefix"]).toMatch(new RegExp(`^\`${QUEUE_PREFIX}\``));
  for (const { name } of Object.values(QUEUES)) expect(codeSpans(text)).toContain(name);
});
