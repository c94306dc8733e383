import type { CallRequestInput } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { aRequest, PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import { previewCall } from "./preview-call.ts";

const newContext = useStoreContext(freshDatabase);

function preview(context: ReturnType<typeof newContext>, request: Partial<CallRequestInput> = {}) {
  return previewCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
}

test("says where a request would go, and writes nothing", async () => {
  const context = newContext();
  const idempotencyKey = "incident-1";
  const { fromNumber, ...seen } = await preview(context, { idempotencyKey });
  expect(seen).toMatchObject({ refusal: null, repeatedAs: null, isProjectPaused: false });
  expect(seen.providers).toContainEqual({ name: "first", isPaused: false, isSimulated: false });
  expect(fromNumber).toMatch(/^\+/);
  const accepted = await acceptCall(context, {
    projectId: PROJECT_ID,
    request: aRequest({ idempotencyKey }),
  });
  expect(accepted.repeated).toBe(false);
  expect((await preview(context, { idempotencyKey })).repeatedAs).toMatchObject({
    _id: accepted._id,
  });
});

test("refuses what would be refused, in the same words", async () => {
  const context = newContext();
  const request = aRequest({ deadlineAt: "2020-01-01T00:00:00Z" });
  const { refusal, fromNumber } = await previewCall(context, { projectId: PROJECT_ID, request });
  const accepting = acceptCall(context, { projectId: PROJECT_ID, request });
  await expect(accepting).rejects.toThrow(refusal!);
  expect({ refusal, fromNumber }).toEqual({
    refusal: "deadlineAt: must be in the future",
    fromNumber: null,
  });
});

test("says what would hold it", async () => {
  const quietHours = { from: "00:00", to: "23:59", timeZone: "UTC" };
  const context = newContext({ project: { quietHours } });
  await context.providerStates.pause("first", { by: "person", reason: "the bill is wrong" });
  const seen = await preview(context);
  expect(seen.quietUntil).toMatch(/T23:59:00\.000Z$/);
  expect(seen.providers).toContainEqual({ name: "first", isPaused: true, isSimulated: false });
  expect(JSON.stringify(seen)).not.toContain("the bill is wrong");
  expect((await preview(context, { priority: "emergency" })).quietUntil).toBeNull();
});
