import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { aRequest } from "./testing/a-call.ts";
import { createInstallation } from "./testing/installation.ts";

/** Quiet hours that it is in the middle of. */
function quietNow() {
  const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  return { from: clock(-2).slice(11, 16), to: clock(2).slice(11, 16), timeZone: "Etc/UTC" };
}

test("quiet hours that are lifted let go of all they held, once each, through a queue that holds few", async () => {
  await using here = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  const { projectId, store } = here;
  const dispatcher = here.dispatcher({ maxDispatchJobs: 8, env: { SWEEP_BATCH: "10" } });
  const { calls } = dispatcher.context;
  await store.projects.update(projectId, { quietHours: quietNow() });
  const ids: string[] = [];
  for (let one = 0; one < 20; one += 1) {
    const request = aRequest({ toNumber: "+15550100110" });
    ids.push((await dispatcher.accept({ projectId, request, sent: request }))._id);
  }
  here.work(dispatcher);
  const all = async () => Promise.all(ids.map(async (id) => (await calls.find(id))!));
  await waitFor(async () => (await all()).every(({ waitsFor }) => waitsFor === "quiet-hours"));
  expect(await here.ledger()).toEqual([]);
  await store.projects.update(projectId, { quietHours: null });
  await waitFor(async () => (await all()).every(({ status }) => status === "Busy"));
  expect(await here.ledger()).toHaveLength(ids.length);
});
