import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { CHORDS, keyLabel, type Shortcut, SHORTCUT_PLACES, SHORTCUTS, typed } from "./shortcuts.ts";

const ALL: readonly Shortcut[] = Object.values(SHORTCUTS);

test.each(Object.entries(SHORTCUTS))("%s is what its keys do", (name, { keys }) => {
  const { pending, ...found } = keys
    .split(" ")
    .reduce<ReturnType<typeof typed>>((before, key) => typed(before.pending, key), {});
  expect(found).toEqual({ name });
  expect(pending).toBeUndefined();
});

test("no shortcut hides another one", () => {
  for (const { keys } of ALL)
    expect(ALL.filter((other) => `${other.keys} `.startsWith(`${keys} `))).toHaveLength(1);
});

test.each([
  [undefined, "z", {}],
  [undefined, "g", { pending: "g" }],
  ["g", "z", {}],
  ["g", "j", { name: "next" }],
  ["g", "g", { pending: "g" }],
])("after %j, %j", (pending, key, result) => {
  expect(typed(pending, key)).toEqual(result);
});

test("the page in the documentation has all of them", async () => {
  const page = await readFile(
    new URL("../../../../docs/reference/keyboard.md", import.meta.url),
    "utf8",
  );
  const rows = [...page.matchAll(/^\| `([^|]+)` +\| ([^|]+?) +\| ([^|]+?) +\|$/gm)].map((row) =>
    row.slice(1),
  );
  const labels = ({ keys }: Pick<Shortcut, "keys">) => keys.split(" ").map(keyLabel).join("` `");
  expect(rows).toEqual([
    ...ALL.map((one) => [labels(one), one.does, SHORTCUT_PLACES[one.where]]),
    ...CHORDS.map(({ keys, does, where }) => [keys, does, SHORTCUT_PLACES[where]]),
  ]);
});
