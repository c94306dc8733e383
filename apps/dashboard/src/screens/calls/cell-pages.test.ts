import { expect, test } from "vitest";

import { cellPages } from "./cell-pages.ts";

const call = {
  _id: "a",
  toNumber: "+491512345678",
  user: { _id: "u 1", name: "Grace" },
  incident: { _id: "i", title: "Regal brennt" },
};
const pages = (column: string, changes: object = {}) =>
  cellPages({ ...call, ...changes }, column).map(({ page, href, value }) => [page, href, value]);

test("a number and a name lead to the person, an incident to its page", () => {
  expect(pages("to")).toEqual([["person", "/people/+491512345678", "+491512345678"]]);
  expect(pages("user")).toEqual([["person", "/people/u%201", "Grace"]]);
  expect(pages("incident")).toEqual([["incident", "/incidents/i", "Regal brennt"]]);
});

test("what is not there, is masked, or is no person leads nowhere", () => {
  expect(pages("to", { toNumber: "+4915•••••78" })).toEqual([]);
  expect(pages("user", { user: null })).toEqual([]);
  expect(pages("incident", { incident: null })).toEqual([]);
  expect(pages("status")).toEqual([]);
});
