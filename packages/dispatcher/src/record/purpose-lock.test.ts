import type { CallRequestInput } from "@call-log/model";
import { CallLogError } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall, acceptCalls } from "../accept/accept-call.ts";
import { cancelCall } from "../commands/cancel-call.ts";
import { aRequest, PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";

const newContext = useStoreContext(freshDatabase);

function accept(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const full = aRequest({ purpose: "incident 7", ...request });
  return acceptCall(context, { projectId: PROJECT_ID, request: full });
}

describe("a purpose", () => {
  test("lets one call at a time through to a callee, and names it to the others", async () => {
    const context = newContext();
    const { _id } = await accept(context);
    await expect(accept(context)).rejects.toMatchObject({
      code: "CONFLICT",
      message: `purpose: a call to this number for this purpose is in flight: ${_id}`,
    });
    await accept(context, { toNumber: "+15559998887" });
    await accept(context, { purpose: "incident 8" });
    await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  });

  test("is free again when the call is over", async () => {
    const context = newContext();
    const { _id } = await accept(context);
    await cancelCall(context, { projectId: PROJECT_ID, callLogId: _id });
    expect((await accept(context))._id).not.toBe(_id);
  });

  test("of 50 at once lets exactly one through", async () => {
    const context = newContext();
    const accepts = Array.from({ length: 50 }, () => accept(context));
    const settled = await Promise.allSettled(accepts);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(reasons.every((reason) => reason instanceof CallLogError)).toBe(true);
  });

  test("of one batch lets one through, and a repeated request still gets its own call", async () => {
    const context = newContext();
    const request = { toNumber: "+15559998888", say: "Down", purpose: "incident 7" };
    const requests = ["k1", "k2"].map((idempotencyKey) => ({ ...request, idempotencyKey }));
    const answers = await acceptCalls(context, { projectId: PROJECT_ID, requests });
    const isRefused = answers.map((answer) => answer instanceof CallLogError);
    expect(isRefused.filter(Boolean)).toHaveLength(1);
    const again = await acceptCalls(context, { projectId: PROJECT_ID, requests });
    expect(again[isRefused.indexOf(false)]).toMatchObject({ repeated: true });
    expect(again[isRefused.indexOf(true)]).toMatchObject({ code: "CONFLICT" });
  });

  test("is taken over from a call that was never written, after a minute", async () => {
    const context = newContext();
    const lock = { projectId: PROJECT_ID, toNumber: "+15559998888", purpose: "incident 7" };
    const { at } = await context.purposeLocks.take(lock, "died");
    context.clock.time = at;
    await expect(accept(context)).rejects.toMatchObject({ code: "CONFLICT" });
    context.clock.advance(61);
    expect(await accept(context)).toMatchObject({ repeated: false });
  });
});
