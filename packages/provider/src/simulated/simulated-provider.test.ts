import { attemptIdOf, type SpokenStep } from "@call-log/model";
import { PATIENCE_MS, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test, vi } from "vitest";

import type { CallOrder } from "../provider.ts";
import { setUpSimulated, type SimulatedBench } from "../testing/simulated-bench.ts";
import { readLedger } from "./ledger/ledger.ts";
import { createSimulatedProvider } from "./simulated-provider.ts";

const CALL_LOG_ID = "376d7300-28fe-11f1-b591-3fdcef396aba";

const STEPS: SpokenStep[] = [
  {
    gather: {
      say: "Press 4 to acknowledge",
      digits: 1,
      timeoutSeconds: 10,
      on: { "4": { acknowledge: true } },
      otherwise: { say: "Goodbye" },
    },
  },
];

async function setUp(options: Parameters<typeof setUpSimulated>[0] = {}): Promise<SimulatedBench> {
  const bench = await setUpSimulated(options);
  onTestFinished(() => bench.close());
  return bench;
}

function orderTo(bench: SimulatedBench, toNumber: string, attempt = 1): CallOrder {
  const attemptId = attemptIdOf(CALL_LOG_ID, attempt);
  return {
    attemptId,
    toNumber,
    fromNumber: bench.fromNumber,
    steps: STEPS,
    detectMachine: true,
    callbackUrls: bench.callbackUrls(attemptId),
  };
}

async function placeAccepted(bench: SimulatedBench, toNumber: string): Promise<string> {
  const result = await bench.provider.placeCall(orderTo(bench, toNumber));
  if (result.kind !== "accepted") throw new Error(result.kind);
  return result.providerCallId;
}

/** Lets the clock run until the condition holds. */
async function runUntil(bench: SimulatedBench, holds: () => boolean): Promise<void> {
  await vi.waitUntil(() => bench.tick().then(holds), {
    timeout: PATIENCE_MS,
    interval: 1,
  });
}

/** Lets the clock run until the call is in a state. */
async function runUntilStatus(bench: SimulatedBench, providerCallId: string, status: string) {
  for (;;) {
    const call = await bench.provider.fetchCall(providerCallId);
    if (call?.status === status) return;
    if (call?.endedAt) throw new Error(`the call ended as ${call.status}`);
    await bench.tick();
  }
}

/** Lets the clock run, in steps that leave HTTP its time. */
async function run(bench: SimulatedBench, seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 4; step++) await bench.tick();
}

const statusesOf = (bench: SimulatedBench) =>
  bench.receiver.received.map(({ rawBody }) =>
    new URLSearchParams(rawBody.toString()).get("CallStatus"),
  );

const countOf = (bench: SimulatedBench, status: string) =>
  statusesOf(bench).filter((found) => found === status).length;

test("throttled once: the next attempt of the call log is taken, another call log starts from the beginning", async () => {
  const bench = await setUp();
  const place = (order: CallOrder) => bench.provider.placeCall(order);
  const first = await place(orderTo(bench, "+15550100130", 1));
  expect(first).toMatchObject({ kind: "rejected", errorClass: "throttled", retryAfterSeconds: 2 });
  expect(await place(orderTo(bench, "+15550100130", 2))).toMatchObject({ kind: "accepted" });
  const other = attemptIdOf("476d7300-28fe-11f1-b591-3fdcef396aba", 1);
  const order = { ...orderTo(bench, "+15550100130"), attemptId: other };
  expect(await place(order)).toMatchObject({ kind: "rejected" });
  expect(await readLedger(bench.dataDir)).toHaveLength(1);
});

test("the wait before the next try counts real seconds", async () => {
  const { provider, ...bench } = await setUp({ speed: 50 });
  const result = await provider.placeCall(orderTo({ provider, ...bench }, "+15550100131"));
  expect(result).toMatchObject({ retryAfterSeconds: 0.04 });
});

test("busy once: the second attempt of the call log is answered", async () => {
  const bench = await setUp();
  for (const [attempt, status] of [
    [1, "busy"],
    [2, "completed"],
  ] as const) {
    const result = await bench.provider.placeCall(orderTo(bench, "+15550100115", attempt));
    if (result.kind !== "accepted") throw new Error(result.kind);
    bench.clock.advance(20_000);
    expect(await bench.provider.fetchCall(result.providerCallId)).toMatchObject({ status });
  }
});

test("a slow answer comes late, the call is in the ledger before", async () => {
  const bench = await setUp();
  let answered = false;
  const placing = bench.provider.placeCall(orderTo(bench, "+15550100144")).then((result) => {
    answered = true;
    return result;
  });
  await waitFor(async () => (await readLedger(bench.dataDir)).length === 1);
  await run(bench, 4);
  expect(answered).toBe(false);
  await runUntil(bench, () => answered);
  expect(await placing).toMatchObject({ kind: "accepted" });
});

test("the same seed and number ring and cost the same, another seed does not", async () => {
  const lucks = [];
  for (const seed of ["a", "a", "b"]) {
    const bench = await setUp({ seed });
    await placeAccepted(bench, "+15559998888");
    lucks.push((await readLedger(bench.dataDir))[0]?.luck);
  }
  expect(lucks[0]).toBe(lucks[1]);
  expect(lucks[0]).not.toBe(lucks[2]);
});

test("speed runs the whole call faster and keeps its duration", async () => {
  const bench = await setUp({ speed: 50 });
  const providerCallId = await placeAccepted(bench, "+15559998888");
  bench.clock.advance(400);
  expect(await bench.provider.fetchCall(providerCallId)).toMatchObject({
    status: "completed",
    durationSeconds: 8,
    price: { currency: "USD" },
  });
});

test("a callback that is answered with 5xx comes again, and with 4xx it does not", async () => {
  const bench = await setUp();
  bench.receiver.nextStatuses.push(503, 500, 200, 404);
  await placeAccepted(bench, "+15550100113");
  await runUntil(bench, () => bench.receiver.received.length === 4);
  await run(bench, 30);
  expect(countOf(bench, "initiated") + countOf(bench, "failed")).toBe(4);
});

test("a callback that nobody takes is given up after three more tries", async () => {
  const posts: string[] = [];
  const deliver = (post: { body: string }) => {
    posts.push(post.body);
    return Promise.reject(new Error("connection refused"));
  };
  const bench = await setUp({ deliver });
  await placeAccepted(bench, "+15550100113");
  await run(bench, 60);
  expect(posts).toHaveLength(2 * 4);
  expect(new Set(posts).size).toBe(2);
});

test("a redirect is not followed", async () => {
  const bench = await setUp();
  bench.receiver.nextStatuses.push(307, 307);
  await placeAccepted(bench, "+15550100113");
  await runUntil(bench, () => countOf(bench, "failed") === 1 && countOf(bench, "initiated") === 1);
  await run(bench, 30);
  expect(bench.receiver.received).toHaveLength(2);
});

test("after a restart a running call goes on, and calls back with what is still to come", async () => {
  const bench = await setUp();
  const providerCallId = await placeAccepted(bench, "+15550100100");
  await runUntilStatus(bench, providerCallId, "ringing");
  await bench.provider.close();
  const before = statusesOf(bench);
  const restarted = bench.startAnother();
  expect(await restarted.fetchCall(providerCallId)).toMatchObject({ status: "ringing" });
  const after = () => statusesOf(bench).slice(before.length);
  await runUntil(bench, () => after().filter((status) => status === null).length === 2);
  await runUntil(bench, () => after().includes("completed"));
  expect(new Set(before)).toEqual(new Set(["initiated", "ringing"]));
  expect(after()).toEqual(expect.arrayContaining(["in-progress", null, null, "completed"]));
  expect(after()).not.toContain("initiated");
  await restarted.close();
});

test("nothing is posted after it was closed", async () => {
  const bench = await setUp();
  await placeAccepted(bench, "+15550100100");
  await bench.provider.close();
  await run(bench, 30);
  expect(bench.receiver.received).toEqual([]);
});

test("closing waits for posts under way, and drops those that wait for their turn", async () => {
  let posts = 0;
  let answerAll = () => {};
  const answer = new Promise<number>((resolve) => (answerAll = () => resolve(200)));
  const bench = await setUp({
    deliver: () => {
      posts++;
      return answer;
    },
  });
  for (let call = 0; call < 100; call++) await placeAccepted(bench, "+15559998888");
  await run(bench, 1);
  const underWay = posts;
  const closing = bench.provider.close();
  answerAll();
  await closing;
  expect(underWay).toBeGreaterThan(0);
  expect(underWay).toBeLessThan(100);
  expect(posts).toBe(underWay);
});

test("closing ends the wait of an answer that takes its time", async () => {
  const bench = await setUp();
  const placing = bench.provider.placeCall(orderTo(bench, "+15550100142"));
  await waitFor(() => bench.provider.check().then(({ ok }) => ok));
  await bench.provider.close();
  expect(await placing).toMatchObject({ kind: "unknown" });
});

test("a call that another process hangs up has one callback, as ended then", async () => {
  const bench = await setUp();
  const other = bench.startAnother();
  const providerCallId = await placeAccepted(bench, "+15559998888");
  await runUntilStatus(bench, providerCallId, "in-progress");
  const at = bench.clock.now();
  const ended = await other.endCall(providerCallId);
  expect(ended).toMatchObject({ status: "completed", endedAt: at });
  expect(await bench.provider.fetchCall(providerCallId)).toEqual(ended);
  await runUntil(bench, () => countOf(bench, "completed") === 1);
  await run(bench, 30);
  expect(countOf(bench, "completed")).toBe(1);
  await other.close();
});

test("a call canceled in the queue has no callback at all", async () => {
  const bench = await setUp();
  const providerCallId = await placeAccepted(bench, "+15559998888");
  expect(await bench.provider.endCall(providerCallId)).toMatchObject({ status: "canceled" });
  await run(bench, 30);
  expect(bench.receiver.received).toEqual([]);
});

test("a call that has ended is not noted as ended on request", async () => {
  const bench = await setUp();
  const providerCallId = await placeAccepted(bench, "+15550100110");
  bench.clock.advance(20_000);
  expect(await bench.provider.endCall(providerCallId)).toMatchObject({ status: "busy" });
  expect((await readLedger(bench.dataDir))[0]).not.toHaveProperty("endRequestedAt");
});

test("a signing key of one's own is the one that counts", async () => {
  const bench = await setUp({ signingKey: "a key of its own, long enough" });
  const other = bench.startAnother({ signingKey: "a key of another, long enough" });
  await placeAccepted(bench, "+15550100113");
  await runUntil(bench, () => bench.receiver.received.length > 0);
  const request = bench.receiver.received[0]!;
  expect(bench.provider.readCallback(request)).toBeDefined();
  expect(other.readCallback(request)).toBeUndefined();
  await other.close();
});

test("digits without a branch are answered with the text for all others", async () => {
  const bench = await setUp();
  await placeAccepted(bench, "+15550100102");
  const gathered = () => bench.receiver.received.find(({ kind }) => kind === "gather");
  await runUntil(bench, () => gathered() !== undefined);
  const reading = bench.provider.readCallback(gathered()!);
  expect(reading?.events).toMatchObject([{ digits: "9" }]);
  expect(reading?.reply?.({ steps: STEPS })?.body).toBe("Goodbye");
});

test("it runs on the system's own clock and timers, too", async () => {
  const bench = await setUp();
  const provider = createSimulatedProvider({ dataDir: bench.dataDir, speed: 100 });
  const result = await provider.placeCall(orderTo(bench, "+15550100100"));
  expect(result).toMatchObject({ kind: "accepted" });
  await waitFor(() => countOf(bench, "completed") === 1);
  await provider.close();
});
