import { callingCodeOf } from "@call-log/model";
import { expect, test } from "vitest";

import { callingCode } from "./calling-code.ts";
import { cellChoices } from "./cell-choices.ts";

const call = {
  _id: "a",
  createdAt: "2026-11-24T23:12:00.000Z",
  status: "Busy",
  toNumber: "+491512345678",
  provider: null,
  tags: ["night", "db"],
  user: { _id: "u", name: "Grace" },
};
const choices = (column: string, address = "") =>
  cellChoices(call, column, { address: new URLSearchParams(address), zone: "Europe/Berlin" });

test("a status is asked for, or left out beside others", () => {
  expect(choices("status", "not-status=Failed,Busy")).toEqual([
    {
      filter: "Status",
      value: "Busy",
      only: { status: "Busy", "not-status": undefined },
      not: { "not-status": "Failed,Busy" },
    },
  ]);
});

test("a number also has its country's code; a person and an incident their names", () => {
  expect(choices("to").map(({ value, only }) => [value, only["to"]])).toEqual([
    ["+491512345678", "+491512345678"],
    ["numbers with +49", "+49"],
  ]);
  expect(choices("user")).toMatchObject([{ value: "Grace", only: { user: "u" } }]);
  expect(choices("tags").map(({ value }) => value)).toEqual(["night", "db"]);
});

test("a time has its day in the zone of the list", () => {
  expect(choices("when")).toMatchObject([{ only: { since: "2026-11-25", until: "2026-11-25" } }]);
});

test("an empty cell has nothing, nor has what is masked", () => {
  expect(choices("provider")).toEqual([]);
  expect(choices("incident")).toEqual([]);
  expect(choices("message")).toEqual([]);
  expect([...choices("to", "masked=yes"), ...choices("tags", "masked=yes")]).toEqual([]);
  expect(choices("status", "masked=yes")).toHaveLength(1);
});

test.each([
  "+491512345678",
  "+15550100100",
  "+4319123456",
  "+77012345678",
  "+35312345678",
  "+8613012345678",
])("the calling code of %s", (number) => {
  expect(callingCode(number)).toBe(`+${callingCodeOf(number)}`);
});

test.each(["", "+1555•••••00", "anonymous"])("%j has no calling code", (number) => {
  expect(callingCode(number)).toBeUndefined();
});
