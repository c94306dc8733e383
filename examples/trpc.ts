// tRPC, from TypeScript: requests and answers are typed; a wrong property does not compile.
import { createCallLogClient, waitForEnd } from "@call-log/client";

const client = createCallLogClient({
  url: process.env["CALL_LOG_URL"] ?? "http://127.0.0.1:3000",
  apiKey: process.env["CALL_LOG_API_KEY"] ?? "",
});

// The same key and request twice: one call, and the same answer.
const request = {
  toNumber: "+1-555-010-0100",
  say: [
    {
      gather: {
        say: "The database of shop.example is down. Press 4 to acknowledge.",
        on: { "4": { acknowledge: true, say: "Thank you." } },
      },
    },
  ],
  reachedWhen: "acknowledged" as const,
  idempotencyKey: `trpc-example-${Date.now()}`,
};
const { _id } = await client.calls.dispatch.mutate(request);
console.log(await client.calls.dispatch.mutate(request));

// Returns the call in any final status; throws a CallNotOverError after two minutes.
const call = await waitForEnd(client, _id, { timeoutSeconds: 120 });
console.log(call.status, call.statusMessage);

const { data, count } = await client.callLog.getList.query({
  select: { status: true, toNumber: true, acknowledgedAt: true },
  query: { status: { _type: "NotEqual", value: "Failed" } },
  limit: 5,
});
console.log(`${count} calls; the newest:`);
console.table(data);
