import { setTimeout as delay } from "node:timers/promises";

import type { CallRequestInput } from "@call-log/client";
import { waitFor } from "@call-log/testing";

import type { Carrier } from "./carrier.ts";
import type { CarrierChoice, Installation } from "./installation.ts";
import { KILL_POINTS } from "./kill-point.ts";
import { acknowledgedRequest } from "./load.ts";
import { THIS_RELEASE } from "./release.ts";
import type { ReceiverAnswer } from "./webhook-receiver.ts";

/** One row of the failure matrix. */
export interface Scenario {
  name: string;
  /** Calls of a full run; a quick one takes a tenth. */
  calls: number;
  /** Calls of a quick run, where a tenth is too many or too few. */
  quickCalls?: number;
  /** How many calls are sent in a second; as many as are accepted when absent. */
  callsPerSecond?: number;
  /** How many calls are sent at a time. @defaultValue 20 */
  atATime?: number;
  /** Faults of a full run; a quick one has fewer, never none. */
  faults: number;
  /** Faults that a quick run has at least. @defaultValue 1 */
  minFaults?: number;
  /** The one carrier that it can be run with; any when absent. */
  carrier?: CarrierChoice;
  /** The one database that it can be run on; any when absent. */
  database?: "embedded";
  /** The request of this number, where it is not one of the usual mix. */
  request?: (index: number) => CallRequestInput;
  /** Settings of every process, beside the usual ones. */
  settings?: Readonly<Record<string, string>>;
  /** How many apis there are. @defaultValue 1 */
  apis?: number;
  /** Left out of a quick run, unless it is named. */
  fullOnly?: true;
  /** The installation begins with the release before. */
  upgrades?: true;
  /** What a receiver of webhooks does with the nth of them, from 0. */
  receiver?: (nth: number) => ReceiverAnswer;
  /** What is done before any request is sent. */
  prepare?: (installation: Installation) => Promise<void>;
  /** The one fault of a row that strikes when all requests are sent. */
  strikeAfter?: (installation: Installation, calls: number) => Promise<void>;
  /** Environment of a worker, for its nth start. */
  workerEnvironment?: (start: { worker: number; life: number }) => Record<string, string>;
  /** Do the nth fault, from 0, while calls come in. Without it the faults come by themselves. */
  strike?: (installation: Installation, nth: number) => Promise<void>;
}

/** The order of an upgrade: by pairs of what is replaced, so that both releases work side by side; then one worker goes back, and forward again. */
async function replaceNext({ apis, workers, began }: Installation, nth: number): Promise<void> {
  const { api, worker } = THIS_RELEASE;
  const steps = [
    () => workers[0]!.replace({ file: worker }),
    () => apis[1]!.replace({ file: api }),
    () => workers[1]!.replace({ file: worker }),
    () => workers[0]!.replace({ file: began.worker }),
    () => apis[0]!.replace({ file: api }),
    () => workers[0]!.replace({ file: worker }),
  ];
  await steps[nth]!();
}

/** What a bad receiver does with the first of them, before it is mended. */
const BAD_ANSWERS: readonly ReceiverAnswer[] = Array.from(
  { length: 10 },
  () => ["take", "hang", "refuse", "late", "die"] as const,
).flat();

/** The rows, in their order. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "kill -9 of a worker at each step of an attempt",
    calls: 1000,
    faults: 24,
    workerEnvironment: ({ worker, life }) => {
      const turn = life * 2 + worker;
      return {
        CHAOS_KILL_POINT: KILL_POINTS[turn % KILL_POINTS.length]!,
        CHAOS_KILL_NTH: String(1 + ((turn * 7) % 11)),
      };
    },
  },
  {
    name: "kill -9 of the api",
    calls: 300,
    faults: 6,
    strike: async ({ api }) => api.kill(),
  },
  {
    name: "kill -9 of the api and both workers at once",
    calls: 700,
    faults: 10,
    strike: async ({ api, workers }) => {
      for (const one of [api, ...workers]) one.kill();
    },
  },
  {
    name: "workers killed and Redis flushed, while most calls wait for room in it",
    calls: 700,
    faults: 8,
    settings: { MAX_DISPATCH_JOBS: "10" },
    strike: async ({ workers, redisClient }, nth) => {
      if (nth % 2 === 1) return void (await redisClient.flushall());
      for (const worker of workers) worker.kill();
    },
  },
  {
    name: "Redis flushed (FLUSHALL)",
    calls: 300,
    faults: 3,
    strike: async ({ redisClient }) => void (await redisClient.flushall()),
  },
  {
    name: "Redis killed, and back empty",
    calls: 300,
    faults: 3,
    strike: async ({ redis }) => redis.kill(),
  },
  {
    name: "MongoDB killed, and back",
    calls: 300,
    faults: 3,
    strike: async ({ mongo }) => mongo.kill(),
  },
  {
    name: "MongoDB silent for 3 s",
    calls: 300,
    faults: 2,
    strike: async ({ mongo }) => mongo.freeze(3000),
  },
  {
    name: "a worker frozen for longer than a claim lasts",
    calls: 300,
    faults: 2,
    strike: async ({ workers }) => {
      await Promise.all([workers[0]!.freeze(7000), delay(500)]);
    },
  },
  {
    name: "webhooks, and nothing else wrong",
    calls: 300,
    quickCalls: 60,
    callsPerSecond: 4,
    atATime: 2,
    faults: 0,
    fullOnly: true,
    carrier: "simulated",
    receiver: () => "take",
  },
  {
    name: "a receiver of webhooks that hangs, refuses, is late or dies",
    calls: 300,
    faults: 0,
    fullOnly: true,
    carrier: "simulated",
    receiver: (nth) => BAD_ANSWERS[nth] ?? "take",
  },
  // Both kinds of faults at once. A slow database would take minutes for it.
  {
    name: "kill -9 of workers and api between a change and its webhook, to a bad receiver",
    calls: 700,
    quickCalls: 24,
    faults: 10,
    minFaults: 2,
    fullOnly: true,
    database: "embedded",
    receiver: (nth) => BAD_ANSWERS[nth] ?? (nth % 5 === 4 ? "die" : "take"),
    workerEnvironment: ({ worker, life }) => ({
      CHAOS_KILL_POINT: (["after claim", "after record", "after event"] as const)[
        (life + worker) % 3
      ]!,
      CHAOS_KILL_NTH: String(5 + ((life * 2 + worker) % 7)),
    }),
    strike: async ({ api }) => api.kill(),
  },
  {
    name: "two workers whose clocks are 5 minutes apart",
    calls: 300,
    faults: 0,
    workerEnvironment: ({ worker }) => ({ CHAOS_CLOCK_SKEW_SECONDS: worker === 0 ? "0" : "300" }),
  },
  {
    name: "api and workers replaced one by one by this release, and one worker back again",
    calls: 600,
    faults: 6,
    minFaults: 6,
    apis: 2,
    carrier: "simulated",
    upgrades: true,
    strike: replaceNext,
  },
  {
    name: "a provider that hangs for 5 s",
    calls: 300,
    faults: 2,
    carrier: "twilio",
    strike: async ({ carrier }) => carrier.hang?.(5000),
  },
  {
    name: "the api down while every callee presses 4",
    calls: 300,
    faults: 1,
    carrier: "twilio",
    request: acknowledgedRequest,
    prepare: async ({ workers }) => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
    strikeAfter: async ({ api, workers, carrier }, calls) => {
      await api.stop();
      for (const worker of workers) worker.start();
      await waitFor(() => isAllOver(carrier, calls), {
        timeoutMs: 240_000,
        describe: "the end of every call",
      });
      api.start();
    },
  },
  {
    name: "every callback three times, late and in any order",
    calls: 700,
    faults: 1,
    carrier: "twilio",
    strike: async ({ carrier }) => carrier.tripleCallbacks?.(),
  },
];

async function isAllOver(carrier: Carrier, calls: number): Promise<true | undefined> {
  const ledger = await carrier.ledger();
  return (ledger.length >= calls && ledger.every(({ isOver }) => isOver)) || undefined;
}
