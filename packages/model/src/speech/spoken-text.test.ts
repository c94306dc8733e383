import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { spokenForm, toSpeakable } from "./spoken-text.ts";

/** The production `Char` of XML 1.0, without controls that nobody says; U+0085 is a line break. */
const SPEAKABLE =
  /^[\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]*$/u;

/** Any text that JavaScript has, half characters and escape sequences among it. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "\u001b",
        "\u001b[",
        "\u001b]0;",
        "\u009b1m",
        "\u0007",
        "\ud83d",
        "\udea8",
        "31m",
      ),
    ),
  )
  .map((parts) => parts.join(""));

describe("what can't be said goes", () => {
  test.each([
    [
      "colours of a terminal",
      "\u001b[31mCRITICAL\u001b[0m database down",
      "CRITICAL database down",
    ],
    ["256 colours and bold", "\u001b[1;38;5;196mdown\u001b[m", "down"],
    ["a sequence with an 8-bit introducer", "\u009b31mdown\u009b0m", "down"],
    ["the title of a window", "\u001b]0;build 12\u0007failed", "failed"],
    [
      "a link",
      "\u001b]8;;https://ci.example/12\u001b\\build 12\u001b]8;;\u001b\\ failed",
      "build 12 failed",
    ],
    ["a character set", "\u001b(B\u001b[mdown", "down"],
    ["a cursor that moves", "50 %\u001b[2K\u001b[1G100 %", "50 %100 %"],
    ["a string that has no end", "\u001b]0;disk full", "0;disk full"],
    ["a sequence that has no end", "disk full \u001b[31", "disk full 31"],
    ["a bell", "down\u0007", "down"],
    ["zeros of UTF-16", "d\u0000o\u0000w\u0000n\u0000", "down"],
    ["half an emoji", "down \ud83d", "down"],
    ["the other half", "\udea8 down", "down"],
    ["noncharacters", "do\ufffew\uffffn\ufdd0\u{1ffff}", "down"],
    ["private characters", "\ue0a0 main\u{f0000}", "main"],
    ["separators, for a space", "disk\u001ffull\fnow", "disk full now"],
    ["all but space", "\u200b\u202a \u0007\ufeff", ""],
    ["nothing else", "", ""],
  ])("%s", (_case, text, left) => {
    expect(toSpeakable(text)).toBe(left);
  });
});

test.each([
  "tab\tline\nfeed\r\nend",
  "<&>\"'",
  "🚨 🏳️‍🌈 👩🏽‍🚒 down",
  "next\u0085line\u2028separator",
  "Größe überschritten: 日本語, العربية, ไทย",
  "50 % [31m is no sequence",
  "…",
])("what can be said stays: %j", (text) => {
  expect(toSpeakable(text)).toBe(text);
});

test("whatever comes, what is left is text that XML allows, and is clean already", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const left = toSpeakable(text);
      expect(left).toMatch(SPEAKABLE);
      expect(toSpeakable(left)).toBe(left);
    }),
    { numRuns: 2000 },
  );
});

test("what is recorded is never sent as nothing", () => {
  expect(spokenForm("\u0007")).toBe(".");
  expect(spokenForm("down\u0007")).toBe("down");
});

test.each(["\u009d", "\u001b]", "\u001b[", "\u001b[0", "\u001b ", "\ud83d", " "])(
  "a megabyte of %j takes no time that grows with its square",
  (piece) => {
    const start = performance.now();
    toSpeakable(`a${piece.repeat(1_000_000 / piece.length)}a`);
    // Milliseconds are enough; the square of its length would be hours.
    expect(performance.now() - start).toBeLessThan(30_000);
  },
);
