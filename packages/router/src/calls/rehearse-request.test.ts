import { afterAll, beforeAll, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
let caller: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  caller = await fresh.caller({ permissions: ["Dispatch Call"] });
});
afterAll(() => fresh[Symbol.asyncDispose]());

const request = {
  toNumber: "+15550100100",
  say: [{ gather: { say: "Press 4.", on: { "4": { acknowledge: true } } } }],
  reachedWhen: "acknowledged" as const,
};

test("a rehearsed call is answered as a call log, and is in no list", async () => {
  const { preview, call, heard, isCut } = await caller.calls.rehearse({
    request,
    script: "presses-4",
  });
  expect(preview).toMatchObject({ refusal: null, pastCost: null });
  expect(call).toMatchObject({
    status: "Completed",
    toNumber: "+15550100100",
    acknowledgedAt: expect.stringMatching(/Z$/),
    attempts: [{ outcome: "reached", digits: "4", provider: "simulated" }],
  });
  expect(heard).toHaveLength(1);
  expect(isCut).toBe(false);
  const reader = await fresh.caller();
  expect(await reader.callLog.count({ query: {} })).toEqual({ count: 0 });
});

test("what may not be called is refused as it would be, and not played", async () => {
  await fresh.store.doNotCall.add(fresh.projectId, ["+15550100111"]);
  const blocked = { ...request, toNumber: "+15550100111" };
  const { preview, call } = await caller.calls.rehearse({ request: blocked, script: "busy" });
  expect(preview.refusal).toContain("do-not-call list");
  expect(call).toBeNull();
});

test.each([
  [{ request: { ...request, toNumber: "12" }, script: "busy" }, /^toNumber: must /],
  [{ request, script: "explodes" }, /^script: must be one of: ordinary, presses-4, /],
  [{ script: "busy" }, /must/],
])("%j is refused with the field's name", async (input, words) => {
  await expect(caller.calls.rehearse(input as never)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringMatching(words),
  });
});
