import { describe, expect, test } from "vitest";

import { translateRegex } from "./regex-translate.ts";

describe("translateRegex", () => {
  test.each([
    ["c$", "", "abc\n"],
    ["^b", "m", "a\nb"],
    ["a.c", "s", "a\nc"],
    ["a.c", "", "a\rc"],
    ["A\\-B", "i", "a-b"],
    ["[\\]x]+$", "", "]x"],
    ["a{2}", "", "aa"],
    ['\\/\\"', "", '/"'],
    ["(?:ab|cd)e", "", "cde"],
  ])("/%s/%s matches %j", (pattern, options, text) => {
    expect(translateRegex(pattern, options).test(text)).toBe(true);
  });

  test.each([
    ["c$", "", "abc\n\n"],
    ["a.c", "", "a\nc"],
    ["a\\sb", "", "a\u00a0b"],
    ["^b", "", "a\nb"],
  ])("/%s/%s does not match %j", (pattern, options, text) => {
    expect(translateRegex(pattern, options).test(text)).toBe(false);
  });

  test.each(["(", "\\Aabc", "\\Qa\\E", "(?i)a", "(?>a)", "[[:alpha:]]", "a\\"])(
    "refuses /%s/",
    (pattern) => {
      expect(() => translateRegex(pattern, "")).toThrow(expect.objectContaining({ code: 51091 }));
    },
  );

  test("refuses options that it does not know", () => {
    expect(() => translateRegex("a", "g")).toThrow(expect.objectContaining({ code: 51108 }));
    expect(() => translateRegex("a", "x")).toThrow(expect.objectContaining({ code: 51091 }));
  });
});
