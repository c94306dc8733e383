import { listInput } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { chosenFilters, FILTERS, queryOf, sortInput, sortOf } from "./calls-filter.ts";

const address = (text: string) => new URLSearchParams(text);

describe("the address", () => {
  test("without filters asks for all", () => {
    expect(queryOf(address("sort=status&status=%20"))).toEqual({});
  });

  test("joins its filters", () => {
    expect(queryOf(address("status=Busy,No+Answer&tag=night&other=1"))).toEqual({
      $and: [
        { status: { _type: "Includes", value: ["Busy", "No Answer"] } },
        { tags: { _type: "IncludesAll", value: ["night"] } },
      ],
    });
  });

  test("takes a day as the whole of it, in the browser's zone", () => {
    const [since] = (queryOf(address("since=2026-11-24")) as { $and: object[] }).$and;
    const value = new Date(2026, 10, 24).toISOString();
    expect(since).toEqual({ createdAt: { _type: "GreaterThanOrEqual", value } });
  });

  test("shows what is set, in the order of the table", () => {
    const chosen = chosenFilters(address("tag=night&status=Busy"));
    expect(chosen.map(({ filter, value }) => [filter.label, value])).toEqual([
      ["Status", "Busy"],
      ["Tag", "night"],
    ]);
  });
});

const EXAMPLES: Record<string, string> = {
  since: "2026-11-24",
  until: "2026-11-24T03:12:00Z",
  incident: "376d7300-28fe-11f1-b591-3fdcef396aba",
  user: "376d7300-28fe-11f1-b591-3fdcef396aba",
};

test.each(FILTERS)("the server understands the filter $param", ({ param, placeholder }) => {
  const query = queryOf(address(`${param}=${EXAMPLES[param] ?? placeholder.split(",")[0]}`));
  expect(listInput.safeParse({ query }).error?.issues).toBeUndefined();
});

describe("the order", () => {
  test.each([
    ["", { createdAt: -1 }],
    ["sort=createdAt", { createdAt: 1 }],
    ["sort=-status", { status: -1, createdAt: -1 }],
    ["sort=nonsense", { createdAt: -1 }],
  ])("of %s", (text, sort) => {
    expect(sortInput(sortOf(address(text)))).toEqual(sort);
  });
});
