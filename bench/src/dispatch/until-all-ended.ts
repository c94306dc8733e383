import { setTimeout as delay } from "node:timers/promises";

import type { Installation } from "./installation.ts";
import { EVENTS } from "./instant-call.ts";
import { STATUSES } from "./least-store.ts";

const LOOK_EVERY_MS = 20;

/** Waits until every call of an installation has ended, with all its events and its price. */
export async function untilAllEnded(installation: Installation, withinMs: number): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (await isOneOpen(installation)) {
    const { name } = installation;
    if (performance.now() > giveUpAt) throw new Error(`calls of ${name} are not over in time`);
    await delay(LOOK_EVERY_MS);
  }
}

async function isOneOpen({ kind, home }: Installation): Promise<boolean> {
  const { callLogs, leastCalls, projectId } = home;
  if (kind === "product") {
    const isThere = async (filter: object) =>
      (await callLogs.findOne({ projectId, ...filter })) !== null;
    // An event that lost a race to that of another worker is recorded after the end.
    const whole = { "attempts.0.events.status": { $all: [...EVENTS] } };
    return (await isThere({ status: { $ne: "Completed" } })) || isThere({ $nor: [whole] });
  }
  const open = [
    { status: { $ne: STATUSES.over } },
    { [`events.${EVENTS.length - 1}`]: { $exists: false } },
    { providerCallId: { $exists: false } },
  ];
  return (await leastCalls.findOne({ $or: open })) !== null;
}

/** Throws unless exactly `calls` calls exist, each dialled once, with every event and its cost. Then removes them. */
export async function checkAndClear(installation: Installation, calls: number): Promise<void> {
  const { kind, name, home } = installation;
  const { callLogs, leastCalls } = home;
  let found = 0;
  if (kind === "product")
    for await (const { attempts, callCostInUSDCents } of callLogs.find()) {
      found += 1;
      const recorded = new Set(attempts[0]?.events.map(({ status }) => status));
      const isWhole = attempts.length === 1 && EVENTS.every((status) => recorded.has(status));
      if (!isWhole || callCostInUSDCents !== 1.3) throw new Error(`a call of ${name} is wrong`);
    }
  else
    for await (const { events } of leastCalls.find()) {
      found += 1;
      if (events.length !== EVENTS.length) throw new Error(`a call of ${name} is wrong`);
    }
  if (found !== calls) throw new Error(`${found} of ${calls} calls of ${name} are there`);
  await (kind === "product" ? callLogs.deleteMany({}) : leastCalls.deleteMany({}));
}
