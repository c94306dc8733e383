import { readdirSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { filesUnder, root, textOf } from "./markdown.ts";

const LONGEST_LINE = 120;
const LONGEST_README = 200;

/** Words and phrases that a reader has to read twice, with what to write instead. */
const BANNED: Readonly<Record<string, string>> = {
  anew: "again",
  "awaited(?!<)": "pending, or name who waits for what",
  barred: "blocked",
  "doors?": "transport, API, entry",
  "heard of": "received",
  hitherto: "so far",
  lest: "so that … not",
  "let go": "released",
  "says so": "name what is shown, and where",
  told: "sent, reported, known",
  "who does not": "name the one who does",
  whoever: "the caller, anyone",
  whosoever: "anyone",
};

const SOURCES = ["packages", "apps", "bench", "chaos", "docs", "examples"];
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...SOURCES.flatMap(filesUnder).filter((file) => file.endsWith(".md")),
].filter((page) => page !== "bench/RESULTS.md");
const screens = filesUnder("apps/dashboard/src").filter((file) => /(?<!\.test)\.tsx?$/.test(file));

/** Lines of a file that break a rule, as `line: what is wrong`. */
function findings(file: string, rule: (line: string) => string | undefined): string[] {
  return textOf(file)
    .split("\n")
    .flatMap((line, index) => {
      const found = rule(line);
      return found === undefined ? [] : [`${file}:${index + 1}: ${found}`];
    });
}

function bannedWord(line: string): string | undefined {
  for (const [word, instead] of Object.entries(BANNED)) {
    const found = new RegExp(`\\b${word}\\b`, "i").exec(line);
    if (found) return `"${found[0]}": write ${instead}`;
  }
  return undefined;
}

// A table row cannot be broken; the README has none that long.
function tooLong(line: string): string | undefined {
  return line.length > LONGEST_LINE ? `${line.length} columns` : undefined;
}

describe.each(pages)("%s", (page) => {
  test(`has no line over ${LONGEST_LINE} columns`, () => {
    const isTable = (line: string) => line.startsWith("|") && page !== "README.md";
    expect(findings(page, (line) => (isTable(line) ? undefined : tooLong(line)))).toEqual([]);
  });

  test("has no word that has to be read twice", () => {
    expect(findings(page, bannedWord)).toEqual([]);
  });
});

test("the screens have no word that has to be read twice", () => {
  expect(screens.length).toBeGreaterThan(100);
  expect(screens.flatMap((file) => findings(file, bannedWord))).toEqual([]);
});

test(`README.md has at most ${LONGEST_README} lines`, () => {
  expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(LONGEST_README);
});
