import { setTimeout as delay } from "node:timers/promises";

import { createCallLogClient } from "@call-log/client";
import { z } from "zod";

import { percentile } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Latency } from "./idle-latency.ts";
import { type Installation, ONE_OF_EACH, startInstallation } from "./installation.ts";
import { sendCalls } from "./send-calls.ts";
import { openTestbed, type Testbed } from "./testbed.ts";
import { checkAndClear, untilAllEnded } from "./until-all-ended.ts";

/** What a carrier may allow: the low calls go at this pace, and the others wait. */
const CALLS_A_SECOND = 20;
/** Emergencies come so far apart that each finds the account as those before did. */
const EVERY_MS = 250;
const LOW_AT_ONCE = 1000;
const LOW = { toNumber: "+15559998888", say: "The report is ready.", priority: "low" } as const;

/** Emergencies while many low calls wait for their turn at the account, beside an idle installation. */
export const emergencySuite: Suite = {
  name: "emergency",
  title: "Emergencies behind many low calls",
  async run(settings) {
    const testbed = await openTestbed(settings);
    const layout = { ...ONE_OF_EACH, callsPerSecond: CALLS_A_SECOND };
    const installation = await startInstallation(testbed, "product", layout);
    try {
      return await compare(testbed, installation, settings);
    } finally {
      await installation.close();
      await testbed.close();
    }
  },
};

async function compare(
  testbed: Testbed,
  installation: Installation,
  { quick, sizes, say }: BenchSettings,
) {
  const emergencies = quick ? 40 : 200;
  const [low = quick ? 2000 : 100_000] = sizes ?? [];
  const measure = (calls: number) => measureEmergencies(testbed, installation, calls);
  await measure(20);
  say("emergencies, idle");
  const idle = await measure(emergencies);
  await untilAllEnded(installation, 10_000);
  await checkAndClear(installation, emergencies + 20);
  say(`${low} low calls are accepted`);
  await acceptLow(installation, low);
  say("emergencies behind them");
  const behind = await measure(emergencies);
  const row = (name: string, { p50, p99 }: Latency) => [name, p50, p99, p99 / idle.p99];
  return [
    `Database: ${testbed.mongo.name}. The account of the provider may start ${CALLS_A_SECOND} calls a second; ${low} low calls wait for their turn at it and go at that pace. An emergency every ${EVERY_MS} ms, one api, one worker.`,
    {
      title: "From the request of an emergency to the provider asked, ms",
      columns: ["", "p50", "p99", "p99 ÷ idle"],
      rows: [row("idle", idle), row("behind low calls", behind)],
    },
  ];
}

async function acceptLow({ origins, home }: Installation, low: number) {
  const client = createCallLogClient({ url: origins[0]!, apiKey: home.apiKey });
  for (let sent = 0; sent < low; sent += LOW_AT_ONCE) {
    const requests = Array.from({ length: Math.min(LOW_AT_ONCE, low - sent) }, () => LOW);
    const { results } = await client.calls.dispatchMany.mutate({ requests });
    if (results.some(({ ok }) => !ok)) throw new Error("a request was refused");
  }
}

const askedAt = z.array(z.tuple([z.string(), z.number()]));

async function measureEmergencies(
  testbed: Testbed,
  installation: Installation,
  calls: number,
): Promise<Latency> {
  const waits: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    waits.push(await measureOne(testbed, installation));
    await delay(EVERY_MS);
  }
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) };
}

async function measureOne(testbed: Testbed, installation: Installation): Promise<number> {
  const sentAt = performance.timeOrigin + performance.now();
  const load = { calls: 1, connections: 1, priority: "emergency" } as const;
  const [id] = await sendCalls(installation, load);
  for (;;) {
    // The address of a call's events has its id; those of low calls come in between.
    const asked = await testbed.carrier.ask({ waitForCall: true }, askedAt);
    const own = asked.find(([address]) => address.includes(id!));
    if (own !== undefined) return own[1] - sentAt;
  }
}
