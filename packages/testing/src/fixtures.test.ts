import { callLog, callPlan } from "@call-log/model";
import { expect, test } from "vitest";

import { aCallRequest, callRecord } from "./fixtures.ts";

test("a record is valid by the model's schemas, with overrides too", () => {
  const record = callRecord({ status: "Busy", tags: ["night"], plan: { sensitive: true } });
  expect(callLog.safeParse(record).error).toBeUndefined();
  expect(callPlan.safeParse(record.plan).error).toBeUndefined();
  expect(record).toMatchObject({ status: "Busy", tags: ["night"], plan: { sensitive: true } });
});

test("every record has an id of its own, and its attempt the id of the record", () => {
  const [a, b] = [callRecord(), callRecord()];
  expect(a._id).not.toBe(b._id);
  expect(a.attempts[0]?._id).toBe(`${a._id}-1`);
});

test("a request is parsed, with overrides too", () => {
  expect(aCallRequest({ toNumber: "+44 20 7946 0958" }).toNumber).toBe("+442079460958");
});
