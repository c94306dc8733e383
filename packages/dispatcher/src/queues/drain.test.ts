import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { createInstallation } from "../testing/installation.ts";
import { startWorkers } from "./workers.ts";

const SAY = { say: "The database of shop.example is down." };
const numberOf = (index: number) => `+1555010${String(1000 + index)}`;

async function freshInstallation() {
  return createInstallation({ mongo: await freshDatabase(), redis: await freshRedis() });
}

test("of two workers one is drained under way: it takes no more jobs, and each call is dialled once", async () => {
  await using here = await freshInstallation();
  const [first, second] = [here.dispatcher(), here.dispatcher()];
  const workers = [startWorkers(first), startWorkers(second)];
  const dispatch = async (from: number, to: number) => {
    const requests = Array.from({ length: to - from }, (_, index) => ({
      ...SAY,
      toNumber: numberOf(from + index),
    }));
    return first.acceptMany({ projectId: here.projectId, requests });
  };
  const claimedBy = async () => {
    const found = await Promise.all(ids.map((id) => here.store.calls.find(id)));
    return found.map((call) => call!.attempts.flatMap(({ workerId }) => workerId ?? []));
  };
  const ids: string[] = [];
  const note = (answers: Awaited<ReturnType<typeof dispatch>>) =>
    ids.push(...answers.map((answer) => (answer as { _id: string })._id));
  try {
    note(await dispatch(0, 20));
    await waitFor(async () => (await here.ledger()).length > 0, { describe: "a call under way" });
    workers[0]!.setDraining(true);
    const { presence } = first.queues;
    await waitFor(
      async () =>
        (await presence.list()).some(
          ({ id, draining, activeJobs }) =>
            id === first.context.workerId && draining && activeJobs === 0,
        ),
      { describe: "the end of what is under way" },
    );
    const before = (await claimedBy()).flat().filter((id) => id === first.context.workerId).length;
    note(await dispatch(20, 40));
    await waitFor(async () => (await claimedBy()).every((claims) => claims.length === 1), {
      describe: "a claim of every call",
    });
    const claims = (await claimedBy()).flat();
    expect(claims.filter((id) => id === first.context.workerId)).toHaveLength(before);
    await waitFor(async () => (await here.ledger()).length === 40, { describe: "all calls" });
    // Resumed, it takes jobs again: alone, since the other one ends.
    await workers[1]!.close();
    workers[0]!.setDraining(false);
    note(await dispatch(40, 45));
    await waitFor(async () => (await here.ledger()).length === 45, { describe: "the last calls" });
    const dialled = (await here.ledger()).map(({ toNumber }) => toNumber);
    expect(new Set(dialled).size).toBe(45);
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
  }
});
