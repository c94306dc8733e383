import { z } from "zod";

import { percentile } from "../statistics.ts";
import type { Installation } from "./installation.ts";
import { sendCalls } from "./send-calls.ts";
import type { Testbed } from "./testbed.ts";
import { untilAllEnded, checkAndClear } from "./until-all-ended.ts";

/** Milliseconds from the request that is sent to the provider that is asked. */
export interface Latency {
  p50: number;
  p99: number;
}

const askedAt = z.array(z.tuple([z.string(), z.number()]));

/** One call after the other, on one installation after the other, none of which has anything else to do. */
export async function measureIdleLatency(
  testbed: Testbed,
  installations: readonly Installation[],
  calls: number,
): Promise<Latency[]> {
  await testbed.carrier.ask(null, askedAt);
  const waits = installations.map((): number[] => []);
  for (let call = 0; call < calls; call += 1)
    for (const [index, installation] of installations.entries())
      waits[index]!.push(await measureOne(testbed, installation));
  for (const installation of installations) await checkAndClear(installation, calls);
  return waits.map((own) => ({ p50: percentile(own, 0.5), p99: percentile(own, 0.99) }));
}

async function measureOne(testbed: Testbed, installation: Installation): Promise<number> {
  const sentAt = performance.timeOrigin + performance.now();
  await sendCalls(installation, { calls: 1, connections: 1 });
  // Nobody looks whether the call is over before the provider was asked: that would be work for the database meanwhile.
  const [asked] = await testbed.carrier.ask({ waitForCall: true }, askedAt);
  await untilAllEnded(installation, 10_000);
  if (asked === undefined) throw new Error("the provider was not asked");
  return asked[1] - sentAt;
}
