import { randomUUID } from "node:crypto";

import { attemptIdOf, type SpokenStep } from "@call-log/model";
import { expect } from "vitest";

import type { CallOrder, CallSnapshot, PlaceResult } from "../provider.ts";
import type { ProviderBench } from "./contract-subject.ts";

/** What is said to a callee who acknowledges. */
export const ACKNOWLEDGED = "Acknowledged, thank you";

/** What is said in the calls of the suite. */
export const CONTRACT_STEPS: SpokenStep[] = [
  { say: "The database of shop.example is down." },
  {
    gather: {
      say: "Press 4 to acknowledge",
      digits: 1,
      timeoutSeconds: 10,
      on: { "4": { acknowledge: true, say: ACKNOWLEDGED } },
    },
  },
];

/** A question with the keys that are hard to get: # and *, which has it repeated, as silence has. */
export const GATHER_STEPS: SpokenStep[] = [
  { say: "The database of shop.example is down." },
  {
    gather: {
      say: "Press 4 to acknowledge, # to pass it on, * to hear this again",
      digits: 1,
      timeoutSeconds: 1,
      on: {
        "4": { acknowledge: true, say: ACKNOWLEDGED },
        "#": {},
        "*": { repeat: true },
      },
      onSilence: { repeat: 1 },
    },
  },
];

/** How long to wait for something, in real time. */
const PATIENCE_MS = 10_000;

export function orderTo(bench: ProviderBench, toNumber: string): CallOrder {
  const attemptId = attemptIdOf(randomUUID(), 1);
  return {
    attemptId,
    toNumber,
    fromNumber: bench.fromNumber,
    steps: CONTRACT_STEPS,
    detectMachine: true,
    callbackUrls: bench.callbackUrls(attemptId),
  };
}

/** Places a call at which the answer takes its time. */
export async function placeSlowly(bench: ProviderBench, order: CallOrder): Promise<PlaceResult> {
  let result: PlaceResult | undefined;
  const placing = bench.provider.placeCall(order).then((answer) => (result = answer));
  await until(bench, () => result);
  return placing;
}

export async function placeAccepted(bench: ProviderBench, order: CallOrder): Promise<string> {
  bench.steps = order.steps;
  const result = await bench.provider.placeCall(order);
  if (result.kind !== "accepted") throw new Error(`not accepted, but ${result.kind}`);
  expect(result.providerCallId).not.toBe("");
  return result.providerCallId;
}

export async function expectRefusal(bench: ProviderBench, order: CallOrder): Promise<void> {
  const errorMessage = expect.stringContaining("PUBLIC_URL");
  expect(await bench.provider.placeCall(order)).toMatchObject({
    kind: "rejected",
    errorMessage,
  });
}

/** Lets time go by until there is a value. */
export async function until<T>(
  bench: ProviderBench,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const value = await look();
    if (value !== undefined) return value;
    await bench.tick();
  }
  throw new Error("it did not happen in time");
}

export async function letPass(bench: ProviderBench, ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) await bench.tick();
}

export function untilStatus(
  bench: ProviderBench,
  providerCallId: string,
  status: CallSnapshot["status"],
): Promise<CallSnapshot> {
  return until(bench, async () => {
    const snapshot = await fetchKnown(bench, providerCallId);
    return snapshot.status === status ? snapshot : undefined;
  });
}

/** Ends a call while it is in a state. On a busy machine a call may have moved on before it is asked to end: then it is another one. */
export function endedIn(
  bench: ProviderBench,
  toNumber: string,
  { status, ending }: { status: CallSnapshot["status"]; ending: CallSnapshot["status"] },
): Promise<CallSnapshot> {
  return until(bench, async () => {
    const providerCallId = await placeAccepted(bench, orderTo(bench, toNumber));
    await until(bench, async () => {
      const now = (await fetchKnown(bench, providerCallId)).status;
      return now === status || now === "completed" ? now : undefined;
    });
    const ended = await bench.provider.endCall(providerCallId);
    expect(ended).toMatchObject({ providerCallId });
    return ended?.status === ending ? ended : undefined;
  });
}

export async function fetchKnown(
  bench: ProviderBench,
  providerCallId: string,
): Promise<CallSnapshot> {
  const snapshot = await bench.provider.fetchCall(providerCallId);
  if (!snapshot) throw new Error("the provider does not know its own call");
  return snapshot;
}

export async function findIds(bench: ProviderBench, toNumber: string): Promise<string[]> {
  const { fromNumber, provider } = bench;
  const calls = await provider.findCalls({
    toNumber,
    fromNumber,
    createdSince: new Date(0),
  });
  return calls.map(({ providerCallId }) => providerCallId);
}
