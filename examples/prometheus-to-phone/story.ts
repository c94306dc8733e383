import { setTimeout as delay } from "node:timers/promises";

import type { CallLogClient } from "@call-log/client";

import type { AlertmanagerApi } from "./alertmanager-api.ts";
import type { Shop } from "./shop.ts";

/** Longest wait for one step, in milliseconds; usually it takes seconds. */
const LONGEST_STEP_MS = 240_000;

/** Simulated people: Ada answers and presses 4, Bob does not answer. */
export const NUMBERS = { Ada: "+15550100100", Bob: "+15550100111" } as const;

/** What the story is told with. */
export interface Cast {
  client: Pick<CallLogClient, "callLog">;
  alertmanager: AlertmanagerApi;
  shop: Pick<Shop, "databaseIsUp" | "diskIsFull">;
  say: (line: string) => void;
}

/** An alert rings a phone, and the pressed 4 silences it where it came from. */
export async function pressedAndSilenced({ client, alertmanager, say }: Cast): Promise<void> {
  say("DatabaseDown fires in Prometheus: Ada is called");
  const call = await until("Ada has pressed 4", async () => {
    const [placed] = await callsTo(client, NUMBERS.Ada);
    return placed?.acknowledgedAt ? placed : undefined;
  });
  say(`  call ${call._id}: ${call.status}, acknowledged at ${String(call.acknowledgedAt)}`);
  const silence = await until("Alertmanager has a silence that names her", async () =>
    (await alertmanager.silences()).find(({ comment }) => comment.includes(`call ${call._id}`)),
  );
  say(`  silence ${silence.id} of Alertmanager, until ${silence.endsAt}: "${silence.comment}"`);
  if (!silence.comment.startsWith("Acknowledged by phone by Ada (pressed 4 at "))
    throw new Error("the silence does not say who pressed");
  await until("the alert is silenced by it", async () => {
    const { silencedBy = [] } = (await alertmanager.alert("DatabaseDown"))?.status ?? {};
    return silencedBy.includes(silence.id);
  });
  say("  DatabaseDown is suppressed in Alertmanager");
}

/** Nobody answers, and the alert is over before the next attempt: that one is not made. */
export async function resolvedWhileWaiting(cast: Cast): Promise<void> {
  const { client, alertmanager, shop, say } = cast;
  say("DiskFull fires in Prometheus: Bob is called, and does not answer");
  const waiting = await until("a second attempt waits", async () => {
    const [placed] = await callsTo(client, NUMBERS.Bob);
    return placed?.attemptCount === 1 && placed.waitsUntil ? placed : undefined;
  });
  say(`  call ${waiting._id}: the next attempt is at ${String(waiting.waitsUntil)}`);
  const before = await alertmanager.sent();
  await until(
    "Alertmanager has repeated itself",
    async () => (await alertmanager.sent()) >= before + 2,
  );
  const calls = await callsTo(client, NUMBERS.Bob);
  if (calls.length !== 1) throw new Error(`${calls.length} calls of one alert`);
  say(`  Alertmanager repeated it, ${before + 2} notifications so far: still one call`);
  shop.diskIsFull = false;
  say("The disk has room again: DiskFull is resolved");
  const over = await until("the waiting attempt is cancelled", async () => {
    const [placed] = await callsTo(client, NUMBERS.Bob);
    return placed?.status === "Canceled" ? placed : undefined;
  });
  if (over.attemptCount !== 1) throw new Error("it was called again");
  say(`  call ${over._id}: ${over.status}: ${over.statusMessage ?? ""}`);
}

async function callsTo(client: Cast["client"], toNumber: string) {
  const { data } = await client.callLog.getList.query({
    select: {
      status: true,
      statusMessage: true,
      acknowledgedAt: true,
      attemptCount: true,
      waitsUntil: true,
    },
    query: { toNumber },
    limit: 10,
  });
  return data;
}

/** Look until there is something; programs that are busy are asked again. */
async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + LONGEST_STEP_MS;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await delay(100);
  }
  throw new Error(`not in time: ${what}`, { cause: last });
}
