import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { LOGICAL_OPERATORS, MONGO_OPERATORS } from "./conditions/mongo-operators.ts";
import { type Operator, OPERATORS } from "./conditions/operators.ts";
import { countInput, listInput } from "./inputs/list-input.ts";

const page = readFileSync(
  new URL("../../../../docs/reference/api.md", import.meta.url),
  "utf8",
).replaceAll(/ +\|/g, " |");

const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1] ?? "");

function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}

const code = (example: object) => `\`${JSON.stringify(example)}\``;

describe("docs/reference/api.md", () => {
  test.each(Object.entries<Operator>(OPERATORS))("has %s as the table has it", (name, operator) => {
    const { finds, nulls, letterCase = "–", example } = operator;
    expect(page).toContain(row(`\`${name}\``, finds, nulls, letterCase, code(example)));
  });

  test.each(Object.entries({ ...MONGO_OPERATORS, ...LOGICAL_OPERATORS }))(
    "has %s as the table has it",
    (name, { finds, example }) => {
      expect(page).toContain(row(`\`${name}\``, finds, code(example)));
    },
  );

  test("has no operator that the tables lack", () => {
    const names = [...page.matchAll(/^\| `(\$?\w+)` \|/gm)].map((match) => match[1]);
    const known = Object.keys({ ...OPERATORS, ...MONGO_OPERATORS, ...LOGICAL_OPERATORS });
    expect(names.filter((name) => /^(\$|[A-Z])/.test(name ?? ""))).toEqual(known);
  });

  test.each(examples)("the example %s is taken", (example) => {
    const input: unknown = JSON.parse(example);
    expect(listInput.safeParse(input).error ?? countInput.safeParse(input).error).toBeUndefined();
  });
});
