import type { CallRecord, ProviderEvent } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "./accept/accept-call.ts";
import { dispatchAttempt } from "./dispatch/dispatch-attempt.ts";
import { recordEvent } from "./record/record-event.ts";
import { aRequest, PROJECT_ID, START } from "./testing/a-call.ts";
import { useStoreContext } from "./testing/store-context.ts";

const newContext = useStoreContext(freshDatabase);

/** A record as a newer release may write it: with a field at each place that this release does not know. */
function withNewerFields(record: CallRecord): CallRecord {
  const newer = { ofNewerRelease: { since: START } };
  const [attempt] = record.attempts;
  return {
    ...record,
    ...newer,
    plan: { ...record.plan, ...newer },
    attempts: [{ ...attempt!, ...newer }],
  };
}

test("fields of a newer release stay through a claim, events and the end of the call", async () => {
  const context = newContext();
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  await context.calls.replace(withNewerFields((await context.calls.find(_id))!));
  await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
  const read = async () => (await context.calls.find(_id))!;
  expect(await read()).toEqual(withNewerFields(await read()));
  for (const status of ["ringing", "in-progress", "completed"] as const) {
    const event: ProviderEvent = {
      attemptId: `${_id}-1`,
      provider: "first",
      providerCallId: `first-${_id}-1`,
      source: "callback",
      status,
      at: START.toISOString(),
    };
    await recordEvent(context, event);
  }
  const after = await read();
  expect(after.status).toBe("Completed");
  expect(after).toEqual(withNewerFields(after));
});
