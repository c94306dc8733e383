import { expect, test } from "vitest";

import { countriesOf } from "./project.ts";

test.each([
  ["de, At;US", ["DE", "AT", "US"]],
  ["*", ["*"]],
  ["", []],
])("the countries of %j", (text, countries) => {
  expect(countriesOf(text)).toEqual(countries);
});
