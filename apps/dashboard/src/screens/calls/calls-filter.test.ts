import { listInput } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { chosenFilters, queryOf, shownFilters, sortInput, sortOf, spanOf } from "./calls-filter.ts";
import { problemWith } from "./filter-problem.ts";
import { FILTERS } from "./filter-table.ts";

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

describe("what is left out", () => {
  test("is each of the values, and calls without one are not", () => {
    const condition = (value: string) => ({ status: { _type: "Includes", value: [value] } });
    expect(queryOf(address("not-status=Busy,No+Answer"))).toEqual({
      $and: [{ $nor: [condition("Busy"), condition("No Answer")] }],
    });
  });
});

test("of a named range the name is shown, and its moments are asked for", () => {
  const read = address("range=24h&since=2026-11-23T03:12:00.000Z");
  expect(shownFilters(read).map(({ filter }) => filter.param)).toEqual(["range"]);
  expect(queryOf(read)).toEqual({
    $and: [{ createdAt: { _type: "GreaterThanOrEqual", value: "2026-11-23T03:12:00.000Z" } }],
  });
});

test("a masked key's text is searched in what it sees", () => {
  const fields = (text: string) => JSON.stringify(queryOf(address(text)));
  expect(fields("text=grace&masked=yes")).not.toMatch(/Number|name|title|tags|message/);
  expect(fields("text=grace")).toMatch(/toNumber.*user\.name/);
});

const EXAMPLES: Record<string, string> = {
  "not-incident": "376d7300-28fe-11f1-b591-3fdcef396aba",
  "not-user": "376d7300-28fe-11f1-b591-3fdcef396aba",
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

describe("a value", () => {
  const problem = (param: string, value: string) =>
    problemWith(
      FILTERS.find((filter) => filter.param === param)!,
      value,
    );

  test.each([
    ["incident", "7", "must be an id (a UUID or 24 hexadecimal digits)"],
    ["cost-from", "much", "must be a number"],
    ["since", "soon", 'must be a date such as "2026-11-23T03:12:00.000Z" (ISO 8601 with its zone)'],
    ["text", "x".repeat(201), "must be at most 200 characters"],
  ])("of %s that is bad is told in the server's words", (param, value, text) => {
    expect(problem(param, value)).toBe(text);
  });

  test.each([
    ["incident", ""],
    ["cost-to", "1.5"],
    ["until", "2026-11-24T03:12"],
  ])("of %s that is good has no problem", (param, value) => {
    expect(problem(param, value)).toBeUndefined();
  });
});

describe("the span of the chart", () => {
  test("is that of the filters, where they are good", () => {
    const until = new Date(2026, 10, 25).toISOString();
    expect(spanOf(address("since=2026-11-24T00:00:00Z&until=2026-11-24"))).toEqual({
      from: "2026-11-24T00:00:00.000Z",
      to: until,
    });
    expect(spanOf(address("since=soon"))).toEqual({});
    expect(spanOf(address("since=2026-11-24T00:00:00Z&until=2026-11-23T00:00:00Z"))).toEqual({});
  });
});
