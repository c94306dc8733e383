import { expect, test } from "vitest";

import { filesUnder, tableRows, textOf } from "./markdown.ts";

/** Words that the screens have for no thing, by the word that they have instead. */
const INSTEAD = new Map(
  tableRows(textOf("docs/reference/words.md")).flatMap(([word, , not]) =>
    not!
      .replaceAll(/(?:^|, )[^,]+, of [^,]+/g, "")
      .split(", ")
      .filter(Boolean)
      .map((other) => [other, word!] as const),
  ),
);

/** Texts of the screens; those of the search are other words on purpose, by which people look for a screen. */
const TEXTS = filesUnder("apps/dashboard/src/language/de")
  .filter((file) => file.endsWith(".json") && !file.endsWith("/search.json"))
  .flatMap((file) => Object.keys(JSON.parse(textOf(file)) as Record<string, string>))
  // Without contexts and names of values, which nobody reads.
  .map((key) => key.split("|").at(-1)!.replaceAll(/\{\w+/g, ""));

test("the screens have one word for one thing", () => {
  expect(TEXTS.length).toBeGreaterThan(1000);
  const found = TEXTS.flatMap((text) =>
    [...INSTEAD]
      .filter(([other]) => new RegExp(`\\b${other}\\b`, "i").test(text))
      .map(([other, word]) => `"${text}": write ${word}, not ${other}`),
  );
  expect(found).toEqual([]);
});
