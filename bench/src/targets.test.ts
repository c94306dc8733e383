import { expect, test } from "vitest";

import type { Table } from "./table.ts";
import { targetTable } from "./targets.ts";

const idle = (p50: number, p99: number): Table => ({
  title: "From the request sent to the provider asked, one call after the other, ms",
  columns: ["", "p50", "p99"],
  rows: [
    ["call-log", p50, p99],
    ["least dispatcher", 1, 2],
  ],
});

test("a target is met or missed by the middle run, and a run that differs is reported", () => {
  const runs = [[idle(99, 99), "text", idle(9, 41)], [idle(10, 39)], [idle(11, 50)]];
  const rows = targetTable("dispatch", runs)!.rows.filter(isOfIdle);
  expect(rows.slice(0, 4).map(([, ...cells]) => cells)).toEqual([
    ["≤ 10", 9, 10, 11, "met, but for 1 of 3"],
    ["≤ 40", 41, 39, 50, "missed, but for 1 of 3"],
    ["≤ 1.1", 9, 10, 11, "missed"],
    ["≤ 1.1", 20.5, 19.5, 25, "missed"],
  ]);
});

function isOfIdle([what]: readonly (string | number)[]): boolean {
  return String(what).includes("idle");
}

test("what is compared with before is met within a twentieth, and not measured without it", () => {
  const table = idle(10, 22);
  const beside = { ...table, rows: [...table.rows, ["call-log before", 10, 20]] };
  const verdicts = [beside, table].map((one) =>
    targetTable("dispatch", [[one]])!
      .rows.filter(isOfIdle)
      .slice(4)
      .map((row) => row.slice(1)),
  );
  expect(verdicts).toEqual([
    [
      ["≤ 1.05", 1, "met"],
      ["≤ 1.05", 1.1, "missed"],
    ],
    [
      ["≤ 1.05", Number.NaN, "not measured"],
      ["≤ 1.05", Number.NaN, "not measured"],
    ],
  ]);
});

test("what was not measured is not met, and is reported so", () => {
  expect(targetTable("dispatch", [[]])!.rows[0]!.slice(2)).toEqual([Number.NaN, "not measured"]);
});

test("a row is divided by another one", () => {
  const table: Table = {
    title: "get-item",
    columns: ["per request", "own CPU ms", "requests/s"],
    rows: [
      ["parse-server", 2, 3],
      ["call-log, REST", 1, 9],
    ],
  };
  const rows = targetTable("reads", [[table]])!.rows;
  const row = rows.find(
    ([what]) => String(what).startsWith("get-item") && String(what).includes("parse-server"),
  );
  expect(row?.slice(1)).toEqual(["≤ 0.5", 0.5, "met"]);
});

test("a suite without targets has no table", () => {
  expect(targetTable("soak", [[]])).toBeUndefined();
});
