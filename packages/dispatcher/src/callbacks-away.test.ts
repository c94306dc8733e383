import { isFinalStatus } from "@call-log/model";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { silentProviders } from "./context/callback-silence.ts";
import { aRequest } from "./testing/a-call.ts";
import { createInstallation, type DispatcherParts } from "./testing/installation.ts";

/** Answered, busy, and not answered. */
const CALLEES = ["+15550100101", "+15550100110", "+15550100111"];

/** What the workers say of missing callbacks when three calls are over, and so many attempts are noticed. */
async function afterThreeCalls(parts: DispatcherParts, noticed = 0) {
  const [mongo, redis] = await Promise.all([freshDatabase(), freshRedis()]);
  await using installation = await createInstallation({ mongo, redis });
  const { projectId, store } = installation;
  const dispatcher = installation.dispatcher(parts);
  installation.work(dispatcher);
  const ids: string[] = [];
  for (const toNumber of CALLEES) {
    const request = aRequest({ toNumber });
    ids.push((await dispatcher.accept({ projectId, request }))._id);
  }
  await waitFor(
    async () => {
      const records = await Promise.all(ids.map((id) => store.calls.find(id)));
      return records.every((record) => record !== undefined && isFinalStatus(record.status));
    },
    { describe: "all calls to be over" },
  );
  const found = () => silentProviders([dispatcher.context.callbackSilence.read()], new Date());
  // A look-up notes the silence after it has written the end of the call.
  await waitFor(() => (found()[0]?.attempts ?? 0) >= noticed, { describe: "the silence" });
  return found();
}

test("calls of which no callback comes are noticed, each once", async () => {
  const found = await afterThreeCalls({ losesCallbacks: true }, CALLEES.length);
  expect(found).toEqual([{ provider: "simulated", attempts: 3 }]);
});

test.each<[string, DispatcherParts]>([
  // Not polled before their callbacks have come.
  ["whose callbacks come", { hasCallbacks: true, env: { POLL_AFTER_SECONDS: "30" } }],
  ["that have no address for callbacks", {}],
])("calls %s are well", async (_, parts) => {
  expect(await afterThreeCalls(parts)).toEqual([]);
});
