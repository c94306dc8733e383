import { describe, expect, test } from "vitest";

import { keysByFile, readCatalogue, TRANSLATED } from "./catalogue-files.ts";
import { placeholdersOf } from "./placeholders.ts";
import { parsed, sourceFiles } from "./syntax.ts";
import { type CodeText, textsOfCode } from "./texts-of-code.ts";

const texts = sourceFiles().flatMap(textsOfCode);
const englishOf = new Map(texts.map(({ key, text }) => [key, text]));

describe.each(TRANSLATED)("%s", (language) => {
  const files = readCatalogue(language);
  const translations = [...files].flatMap(([file, entries]) =>
    Object.entries(entries).map(([key, text]) => ({ file, key, text })),
  );
  const translated = translations.filter(({ text }) => text.trim() !== "");

  test("each file of the catalogue has exactly the texts of its code: npm run texts", () => {
    const keys = [...files].map(([file, all]) => [file, Object.keys(all)]);
    expect(Object.fromEntries(keys)).toEqual(Object.fromEntries(keysByFile(texts)));
  });

  test("no translation is missing", () => {
    expect(translations.filter((one) => !translated.includes(one))).toEqual([]);
  });

  test("a translation has the values and tags of its English text", () => {
    const wrong = translated.filter(
      ({ key, text }) =>
        JSON.stringify(placeholdersOf(text)) !==
        JSON.stringify(placeholdersOf(englishOf.get(key) ?? "")),
    );
    expect(wrong).toEqual([]);
  });

  test("a text has one translation in all files; one that needs two has a context", () => {
    const last = new Map(translated.map(({ key, text }) => [key, text]));
    expect(translated.filter(({ key, text }) => last.get(key) !== text)).toEqual([]);
  });
});

test("the code gives each text its values and tags", () => {
  expect(texts.filter(isGivenOtherNames)).toEqual([]);
});

function isGivenOtherNames({ text, values, parts }: CodeText): boolean {
  const { values: wanted, tags } = placeholdersOf(text);
  const hasTags = parts.length > 0 || tags.length > 0;
  return (
    (values !== undefined && values.toSorted().join() !== wanted.join()) ||
    (hasTags && parts.toSorted().join() !== tags.join())
  );
}

test("texts are found in calls and elements", () => {
  const code = `
    const a = t("Stop");
    const b = tIn("state", "Open {n}", { n });
    const c = <Trans text="By <who/>" parts={{ who: <b /> }} />;`;
  expect(
    textsOfCode(parsed("a.tsx", code)).map(({ key, values, parts }) => [key, values, parts]),
  ).toEqual([
    ["Stop", [], []],
    ["state|Open {n}", ["n"], []],
    ["By <who/>", [], ["who"]],
  ]);
  expect(() => textsOfCode(parsed("a.ts", "t(text)"))).toThrow(
    "a.ts: a text of the catalogue must be a literal",
  );
});

test("the placeholders of a text are found in its plurals as well", () => {
  expect(
    placeholdersOf(
      "{count, plural, one {# call of <who/>} other {{all} calls}} in <b>{days} days</b>",
    ),
  ).toEqual({ values: ["all", "count", "days"], tags: ["b", "who"] });
});
