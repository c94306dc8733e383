import { setTimeout as delay } from "node:timers/promises";

import { collectionsOf } from "@call-log/store/testing";

import type { DispatcherKind } from "./installation.ts";
import { EVENTS } from "./instant-call.ts";
import { STATUSES, type LeastCall } from "./least-store.ts";
import type { Testbed } from "./testbed.ts";

const LOOK_EVERY_MS = 20;

/** Waits until every call of a kind of dispatcher has ended, with all its events and its price. */
export async function untilAllEnded(
  testbed: Testbed,
  kind: DispatcherKind,
  withinMs: number,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (await isOneOpen(testbed, kind)) {
    if (performance.now() > giveUpAt) throw new Error(`calls of ${kind} are not over in time`);
    await delay(LOOK_EVERY_MS);
  }
}

async function isOneOpen({ store, projectId }: Testbed, kind: DispatcherKind): Promise<boolean> {
  const { callLogs } = collectionsOf(store);
  if (kind === "product")
    return (await callLogs.findOne({ projectId, status: { $ne: "Completed" } })) !== null;
  const open = [
    { status: { $ne: STATUSES.over } },
    { [`events.${EVENTS.length - 1}`]: { $exists: false } },
    { providerCallId: { $exists: false } },
  ];
  return (await leastCalls({ store }).findOne({ $or: open })) !== null;
}

/** Throws unless exactly `calls` calls exist, each dialled once, with every event and its cost. Then removes them. */
export async function checkAndClear(testbed: Testbed, kind: DispatcherKind, calls: number) {
  const { callLogs } = collectionsOf(testbed.store);
  let found = 0;
  if (kind === "product")
    for await (const { attempts, callCostInUSDCents } of callLogs.find()) {
      found += 1;
      const recorded = new Set(attempts[0]?.events.map(({ status }) => status));
      const isWhole = attempts.length === 1 && EVENTS.every((status) => recorded.has(status));
      if (!isWhole || callCostInUSDCents !== 1.3) throw new Error("a call of the product is wrong");
    }
  else
    for await (const { events } of leastCalls(testbed).find()) {
      found += 1;
      if (events.length !== EVENTS.length) throw new Error("a call of the least is wrong");
    }
  if (found !== calls) throw new Error(`${found} of ${calls} calls of ${kind} are there`);
  if (kind === "product") await callLogs.deleteMany({});
  else await leastCalls(testbed).deleteMany({});
}

function leastCalls({ store }: Pick<Testbed, "store">) {
  return collectionsOf(store).callLogs.db.collection<LeastCall>("leastCalls");
}
