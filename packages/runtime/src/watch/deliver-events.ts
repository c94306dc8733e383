import type { Log } from "@call-log/dispatcher";
import type { ProblemStore } from "@call-log/store";

import type { HealthChannel } from "./channel.ts";

/** Waits between two tries grow from here, in seconds, twice as long each time. */
const FIRST_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 3600;
/** About 9 hours. */
const MOST_TRIES = 17;
/** Events that one round sends at most on a channel. */
const MOST_EVENTS = 20;

/** What delivering works with. */
export interface DeliverDeps {
  problems: Pick<ProblemStore, "takeDue" | "noteTry">;
  now: () => Date;
  log: Log;
}

/** Send what is due on a channel, each event at least once; what fails is tried again after a growing wait. */
export async function deliverEvents(deps: DeliverDeps, channel: HealthChannel): Promise<void> {
  for (let sent = 0; sent < MOST_EVENTS; sent += 1) {
    const isLeft = await deliverNext(deps, channel);
    if (!isLeft) return;
  }
}

async function deliverNext(
  { problems, now, log }: DeliverDeps,
  channel: HealthChannel,
): Promise<boolean> {
  const { name, patienceSeconds } = channel;
  const event = await problems.takeDue(name, 3 * patienceSeconds);
  if (event === undefined) return false;
  const { eventId, tries } = event;
  const tried = await channel.send(event);
  if ("result" in tried) {
    await problems.noteTry(name, eventId, tried);
    return true;
  }
  const { failed } = tried;
  const about = { channel: name, eventId, tries, reason: failed };
  if (tries >= MOST_TRIES) {
    log.error(about, "a health event could not be delivered and is given up");
    await problems.noteTry(name, eventId, { result: `given up: ${failed}` });
    return true;
  }
  log.warn(about, "a health event could not be delivered and is tried again");
  const nextAt = new Date(now().getTime() + waitSeconds(tries) * 1000);
  await problems.noteTry(name, eventId, { nextAt });
  return true;
}

/** Seconds between a failed try and the next one. */
export function waitSeconds(tries: number): number {
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (tries - 1));
}
