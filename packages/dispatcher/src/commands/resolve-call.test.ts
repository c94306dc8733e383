import type { CallRecord, CallResolution } from "@call-log/model";
import type { CallOrder, CallSnapshot } from "@call-log/provider";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import { resolveCall } from "./resolve-call.ts";

const newContext = useStoreContext(freshDatabase);

/** A call whose answer was lost. */
async function unknownCall() {
  const context = newContext();
  context.primary.answer = () => ({ kind: "unknown", reason: "reset" });
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const ref = { projectId: PROJECT_ID, callLogId: _id };
  await dispatchAttempt(context, { ...ref, attemptNumber: 1 });
  return {
    context,
    resolve: (resolution: CallResolution, projectId = PROJECT_ID) =>
      resolveCall(context, { ...ref, projectId }, resolution),
    dispatch: (attemptNumber: number) => dispatchAttempt(context, { ...ref, attemptNumber }),
    read: async () => (await context.calls.find(_id)) as CallRecord,
  };
}

function snapshot(facts: Partial<CallSnapshot> = {}): CallSnapshot {
  return {
    providerCallId: "C1",
    toNumber: "+15559998888",
    fromNumber: "+15551112222",
    createdAt: START,
    status: "ringing",
    ...facts,
  };
}

describe("a call that is held as unknown", () => {
  test("was never placed: it ends as failed", async () => {
    const call = await unknownCall();
    expect(await call.resolve({ as: "not-placed" })).toMatchObject({
      status: "Failed",
      statusMessage: "A person found that it was never placed",
      pricing: "incomplete",
      attempts: [{ state: "unknown", outcome: "lost" }],
    });
  });

  test("is called again at the same provider", async () => {
    const call = await unknownCall();
    expect(await call.resolve({ as: "call-again" })).toMatchObject({ status: "Queued" });
    const orders: CallOrder[] = call.context.primary.orders;
    await call.dispatch(2);
    expect(orders).toHaveLength(2);
    expect((await call.read()).attempts).toMatchObject([{ outcome: "lost" }, { number: 2 }]);
  });

  test("was placed as this call of the provider: it is bound and goes on", async () => {
    const call = await unknownCall();
    call.context.primary.calls.set("C1", snapshot());
    expect(await call.resolve({ as: "placed", providerCallId: "C1" })).toMatchObject({
      status: "Ringing",
      attempts: [{ state: "ringing", providerCallId: "C1" }],
    });
    await expect(call.resolve({ as: "not-placed" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test.each([
    ["a call that the provider does not know", "C2", "knows no such call"],
    ["a call between other numbers", "C3", "between other numbers"],
  ])("can't be %s", async (_what, providerCallId, message) => {
    const call = await unknownCall();
    call.context.primary.calls.set(
      "C3",
      snapshot({ providerCallId: "C3", toNumber: "+15550000000" }),
    );
    await expect(call.resolve({ as: "placed", providerCallId })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining(message) as string,
    });
    expect(await call.read()).toMatchObject({ status: "Unknown" });
  });

  test("is another project's: not found", async () => {
    const call = await unknownCall();
    await expect(call.resolve({ as: "not-placed" }, "other")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
