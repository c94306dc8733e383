import { Double, Int32 } from "bson";
import fc from "fast-check";
import { expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { pathsOf, pickPaths } from "./pick-paths.ts";

const aName = fc.constantFrom("a", "b", "c");
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    fc.constantFrom<unknown>(null, "täxt", 1.5, new Int32(7)),
    fc.dictionary(aName, tie("value"), { maxKeys: 3 }),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
}));
const aDocument = fc.dictionary(aName, value, { maxKeys: 3 });
const aPath = fc.array(aName, { minLength: 1, maxLength: 3 }).map((names) => names.join("."));

const isNumber = (one: object) => one instanceof Int32 || one instanceof Double;

/** What is left of a value when only these paths are needed, told by what was decoded. */
function needed(whole: unknown, paths: readonly string[]): unknown {
  if (paths.includes("")) return whole;
  if (Array.isArray(whole)) return whole.map((one) => needed(one, paths));
  if (typeof whole !== "object" || whole === null || isNumber(whole)) return whole;
  const kept = Object.entries(whole).flatMap(([name, inner]) => {
    const within = paths.filter((path) => path === name || path.startsWith(`${name}.`));
    const rests = within.map((path) => path.slice(name.length + 1));
    return within.length === 0 ? [] : [[name, needed(inner, rests)]];
  });
  return Object.fromEntries(kept);
}

test("what is picked is what the paths lead to in the whole document, through lists, too", () => {
  fc.assert(
    fc.property(aDocument, fc.array(aPath, { maxLength: 4 }), (document, paths) => {
      const bytes = encode(document);
      expect(decode(pickPaths(bytes, pathsOf(paths)))).toEqual(needed(decode(bytes), paths));
    }),
    { numRuns: 2000 },
  );
});
