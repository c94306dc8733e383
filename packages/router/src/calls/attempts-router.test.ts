import { afterAll, beforeAll, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
let id: string;
beforeAll(async () => {
  fresh = await freshRouter();
  const at = new Date();
  const event = { at, source: "callback" as const, status: "ringing" as const, late: false };
  const events = [event, { ...event, payload: { CallStatus: "ringing" } }];
  const [record] = await fresh.keep({
    attempts: [{ _id: "a-1", number: 1, state: "ringing", dueAt: at, events }],
  });
  id = record!._id;
});
afterAll(() => fresh[Symbol.asyncDispose]());

test("what callbacks carried is shown on demand, and nowhere else", async () => {
  const viewer = await fresh.caller({ permissions: ["Viewer"] });
  expect(await viewer.attempts.payloads({ id })).toEqual({
    payloads: [{ attempt: 1, event: 1, payload: { CallStatus: "ringing" } }],
  });
  const call = await viewer.callLog.getItem({ id, select: { attempts: true } });
  expect(JSON.stringify(call)).not.toContain("payload");
  const query = { "attempts.events.payload": "x" } as object;
  await expect(viewer.callLog.count({ query })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test.each([["Read Masked Call Log"], ["Dispatch Call"]] as const)(
  "not to %s",
  async (permission) => {
    const asked = await fresh.caller({ permissions: [permission] });
    await expect(asked.attempts.payloads({ id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  },
);

test("another project's call is not there", async () => {
  const [foreign] = await fresh.keep({ projectId: fresh.otherProjectId });
  const owner = await fresh.caller();
  const asking = owner.attempts.payloads({ id: foreign!._id });
  await expect(asking).rejects.toMatchObject({ code: "NOT_FOUND" });
});
