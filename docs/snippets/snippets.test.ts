import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { callRequest, projectSettings } from "../../packages/model/src/index.ts";
import { blocksOf, filesUnder, root, textOf } from "../markdown.ts";
import { OTHER_NOTES, SHELL_NOTES } from "./notes.ts";
import { PAGES_NOT_RUN, PAGES_RUN, PAGES_TESTED_ELSEWHERE } from "./pages-run.ts";

const guides = filesUnder("docs/guides").filter((file) => file.endsWith(".md"));
const others = ["README.md", "packages/client/README.md", ...filesUnder("docs/reference")];
const blocks = [...guides, ...others].flatMap((page) =>
  blocksOf(textOf(page)).map((block) => ({ page, ...block })),
);
const ofGuides = blocks.filter(({ page }) => guides.includes(page));

test("every shell block of a guide is run by a test, or says why not", () => {
  const shell = ofGuides.filter(
    ({ language, page }) => ["sh", "bash", "shell"].includes(language) && !(page in PAGES_NOT_RUN),
  );
  const isRun = ({ page }: { page: string }) =>
    PAGES_RUN.includes(page) || page in PAGES_TESTED_ELSEWHERE;
  const unknown = shell.filter(
    ({ language, note }) => language !== "sh" || (note !== "" && !(note in SHELL_NOTES)),
  );
  expect(unknown.map(({ page, note, content }) => ({ page, note, content }))).toEqual([]);
  const neither = shell.filter((block) => block.note === "" && !isRun(block));
  expect(
    [...new Set(neither.map(({ page }) => page))],
    "add the page to a table of docs/snippets/pages-run.ts, or note each block, as ```sh needs-a-carrier",
  ).toEqual([]);
});

test("the blocks that no test runs are counted", () => {
  const counted: Record<string, number> = {};
  for (const { note } of ofGuides.filter(({ language }) => language === "sh"))
    if (note in SHELL_NOTES) counted[note] = (counted[note] ?? 0) + 1;
  expect(counted).toMatchInlineSnapshot(`
    {
      "background": 2,
      "needs-a-carrier": 5,
      "needs-a-registry": 1,
      "needs-other-software": 5,
      "settings": 1,
      "starts-a-process": 1,
    }
  `);
});

test("a page that another test runs is named by that test", () => {
  for (const [page, by] of Object.entries(PAGES_TESTED_ELSEWHERE)) {
    expect(existsSync(path.join(root, by))).toBe(true);
    expect(textOf(by)).toContain(path.basename(page));
  }
});

test("notes behind other languages are known", () => {
  const noted = ofGuides.filter(({ language, note }) => language !== "sh" && note !== "");
  expect(noted.filter(({ note }) => !OTHER_NOTES.some((known) => known === note))).toEqual([]);
});

describe("JSON", () => {
  const json = blocks.filter(({ language }) => language === "json");
  const isSettings = ({ page, note }: { page: string; note: string }) =>
    note === "settings" || page.endsWith("project-settings.md");
  const isRequest = ({ content, note }: { content: string; note: string }) =>
    note === "" && /^\{\s*"toNumber"/.test(content);

  test.each(json)("$page: $content can be read", ({ content }) => {
    expect(() => JSON.parse(content) as unknown).not.toThrow();
  });

  test.each(json.filter(isRequest))("$page: $content is a call request", ({ content }) => {
    expect(callRequest.safeParse(JSON.parse(content)).error).toBeUndefined();
  });

  test.each(json.filter(isSettings))("$page: $content are settings", ({ content }) => {
    expect(projectSettings.safeParse(JSON.parse(content)).error).toBeUndefined();
  });
});

test("YAML can be read", () => {
  const yaml = blocks.filter(({ language }) => ["yaml", "yml"].includes(language));
  expect(yaml.length).toBeGreaterThan(1);
  for (const { content } of yaml) expect(() => parse(content) as unknown).not.toThrow();
});

test("TypeScript compiles", async () => {
  // The pages of a provider are compiled with its files by a test of their own.
  const programs = blocks.filter(
    ({ language, page }) => language === "ts" && !page.endsWith("add-a-provider.md"),
  );
  expect(programs.length).toBeGreaterThan(4);
  const folder = await mkdtemp(path.join(root, "node_modules/.snippets-"));
  try {
    const extended = path.join(root, "tsconfig.base.json");
    const compilerOptions = {
      noEmit: true,
      declaration: false,
      declarationMap: false,
      typeRoots: [path.join(root, "node_modules/@types")],
    };
    await writeFile(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ extends: extended, compilerOptions, include: ["*.mts"] }),
    );
    for (const [index, { content }] of programs.entries())
      await writeFile(
        path.join(folder, `${index}.mts`),
        `${content}\n${hasClient(content) ? "" : CLIENT}export {};\n`,
      );
    const tsc = path.join(root, "node_modules/.bin/tsc");
    const { stdout } = await promisify(execFile)(tsc, ["-p", folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(withPages(stdout, programs)).toBe("");
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** What a short snippet takes for granted. */
const CLIENT = `declare const client: import("@call-log/client").CallLogClient;\n`;

function hasClient(program: string): boolean {
  return /\bclient\b =/.test(program);
}

function withPages(text: string, programs: readonly { page: string }[]): string {
  return text.replaceAll(/\S*?(\d+)\.mts/g, (_, index: string) => programs[Number(index)]!.page);
}
