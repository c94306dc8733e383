import { LOGICAL_OPERATORS, MONGO_OPERATORS, OPERATOR_NAMES } from "@call-log/model";
import { expect, test } from "vitest";

import { FILTERS } from "./filters.ts";

test("every operator of the query language is among the filters", () => {
  const filters = JSON.stringify(FILTERS);
  const names = [...Object.keys(MONGO_OPERATORS), ...Object.keys(LOGICAL_OPERATORS)];
  const absent = [
    ...OPERATOR_NAMES.filter((name) => !filters.includes(`"_type":"${name}"`)),
    ...names.filter((name) => !filters.includes(`"${name}":`)),
  ];
  expect(absent).toEqual([]);
});
