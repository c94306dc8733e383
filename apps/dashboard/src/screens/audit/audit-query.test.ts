import { auditListInput } from "@call-log/model";
import { expect, test } from "vitest";

import { auditFilterIn, auditQuery, paramsOfFilter } from "./audit-query.ts";

test("an act and a name become a query that the API takes", () => {
  const query = auditQuery({ act: "project.update", who: " Pager " });
  expect(query).toEqual({
    act: "project.update",
    $or: [{ "actor.id": "Pager" }, { "actor.name": { _type: "Search", value: "Pager" } }],
  });
  expect(auditListInput.safeParse({ query }).success).toBe(true);
  expect(auditQuery({ act: null, who: "" })).toEqual({});
});

test("an address carries the filter", () => {
  const filter = { act: "project.update", who: "Pager & Co" } as const;
  expect(auditFilterIn(paramsOfFilter(filter))).toEqual(filter);
  expect(String(paramsOfFilter({ act: null, who: " " }))).toBe("");
  expect(auditFilterIn(new URLSearchParams("act=nonsense"))).toEqual({ act: null, who: "" });
});
