// A program of a user, with the packed client: queues a call, sees it live, waits for its end, and is refused what is wrong.
import { strict as assert } from "node:assert";

import {
  type CallLogOutputs,
  type CallRequestInput,
  createCallLogClient,
  waitForEnd,
} from "@call-log/client";
import { createCallProducer, type QueuedRequest } from "@call-log/client/queue";
import { TRPCClientError } from "@trpc/client";

const [url = "", apiKey = "", redisUrl = "", projectId = ""] = process.argv.slice(2);
const client = createCallLogClient({ url, apiKey });
const request: CallRequestInput = {
  toNumber: "+1-555-010-0100",
  say: "Good morning.",
  idempotencyKey: `client-package-${Date.now()}`,
};

// @ts-expect-error: no property of a request
const wrong: CallRequestInput = { ...request, carriage: "x" };
// @ts-expect-error: an answer is typed, so its status is no number
const count: CallLogOutputs["calls"]["dispatch"]["status"] = 7;
assert.equal(count, 7);

const producer = createCallProducer({ redisUrl });
await assert.rejects(producer.add(projectId, wrong), /^TypeError: input: there is no "carriage"/);

// With an idempotency key, the id is known before a worker has the request.
const id = await new Promise<string>((resolve, reject) => {
  let queued: Promise<QueuedRequest> | undefined;
  const stream = client.callLog.live.subscribe(undefined, {
    onStarted() {
      queued ??= producer.add(projectId, request);
    },
    onData({ data }) {
      const changed = [...data.calls.map(({ _id }) => _id), ...data.others];
      queued
        ?.then(({ callLogId }) => {
          if (callLogId === undefined || !changed.includes(callLogId)) return;
          stream.unsubscribe();
          resolve(callLogId);
        })
        .catch(reject);
    },
    onError: reject,
  });
});

const call = await waitForEnd(client, id, { timeoutSeconds: 60, mayBeMissing: true });
assert.equal(call.status, "Completed");
await producer.close();

const nobody = createCallLogClient({ url, apiKey: "of-nobody" });
await assert.rejects(nobody.callLog.count.query(), (error) => {
  assert.ok(error instanceof TRPCClientError);
  return (error.data as { code: string }).code === "UNAUTHORIZED";
});
console.log(`${id} is ${call.status}`);
