import { CALL_EVENT_TYPES, type ProviderEvent } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { aRequest, ASKS_FOR_4, PROJECT_ID, START } from "../testing/a-call.ts";
import { createMemoryCalls } from "../testing/memory-calls.ts";
import { createTestContext } from "../testing/test-context.ts";
import { recordEvent } from "./record-event.ts";

type Told = Pick<ProviderEvent, "status"> & Partial<ProviderEvent>;

const BUSY: Told = { status: "busy", sequence: 3 };
const COMPLETED: Told = {
  status: "completed",
  sequence: 3,
  price: { amount: "-0.01300", currency: "USD" },
};
const LIFE: readonly Told[] = [
  { status: "initiated", sequence: 0 },
  { status: "ringing", sequence: 1 },
  { status: "in-progress", sequence: 2 },
  COMPLETED,
];

/** A worker in memory, with all that follows from its writes. */
function recordingWorker() {
  const context = createTestContext({ calls: createMemoryCalls });
  const measured: unknown[] = [];
  context.metrics.measure = (...measurement) => void measured.push(measurement);
  context.outbox = { ...context.outbox, wanted: async () => new Set(CALL_EVENT_TYPES) };

  async function dialled(request = aRequest()) {
    const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request });
    await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
    // How long the claim and the provider took.
    measured.length = 0;
    return _id;
  }

  const tell = (_id: string, told: Told) =>
    recordEvent(context, {
      attemptId: `${_id}-1`,
      provider: "first",
      providerCallId: `first-${_id}-1`,
      source: "callback",
      at: START.toISOString(),
      ...told,
    });

  /** Events that come at the same moment: the first is written at once, and the others share the write after it. */
  async function tellTogether(_id: string, events: readonly Told[]) {
    const results = await Promise.allSettled(events.map((told) => tell(_id, told)));
    return results.map(({ status }) => status);
  }

  const read = async (_id: string) => (await context.calls.find(_id))!;
  return { context, measured, dialled, tell, tellTogether, read };
}

/** A call without what differs between two calls, or between one write and several: its id, and the number of writes. */
async function storyOf(worker: ReturnType<typeof recordingWorker>, _id: string) {
  const { revision: _writes, ...record } = await worker.read(_id);
  const story = JSON.stringify({ record, measured: worker.measured });
  return JSON.parse(story.replaceAll(_id, "the-call")) as unknown;
}

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.constantFrom(...LIFE),
  fc.constantFrom<Told>(
    BUSY,
    { status: "no-answer", sequence: 3 },
    { status: "failed", sequence: 3, sipResponseCode: 503 },
    { status: "digits", digits: "4" },
    { status: "digits", digits: "7" },
    { status: "answered-by", answeredBy: "machine" },
    { status: "answered-by", answeredBy: "human" },
    { status: "completed", source: "poll", durationSeconds: 12 },
    { status: "price", source: "poll", price: { amount: "-0.02600", currency: "USD" } },
    { status: "ringing", providerCallId: "of-another-call" },
  ),
);

describe("events of a call that share writes", () => {
  test("leave what they leave one by one: the record, each change of status, each webhook, each cost", async () => {
    const given = fc.record({
      bunches: fc.array(fc.array(told, { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
      reachedWhen: fc.constantFrom("answered" as const, "human" as const, "acknowledged" as const),
      maxAttempts: fc.constantFrom(1, 3),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ bunches, reachedWhen, maxAttempts }) => {
        const request = aRequest({ say: ASKS_FOR_4, reachedWhen, retry: { maxAttempts } });
        const together = recordingWorker();
        const bunched = await together.dialled(request);
        for (const events of bunches) await together.tellTogether(bunched, events);
        const apart = recordingWorker();
        const single = await apart.dialled(request);
        for (const event of bunches.flat()) await apart.tell(single, event);
        expect(await storyOf(together, bunched)).toEqual(await storyOf(apart, single));
      }),
      { numRuns: 150 },
    );
  });

  test("are two writes, the first of them at once, and a webhook for each status", async () => {
    const { dialled, tellTogether, read } = recordingWorker();
    const _id = await dialled();
    const { revision } = await read(_id);
    await tellTogether(_id, LIFE);
    const { outbox = [], ...record } = await read(_id);
    expect(record).toMatchObject({ status: "Completed", revision: revision + 2 });
    const changes = outbox.filter(({ type }) => type === "call.status-changed");
    expect(changes.slice(-3).map(({ change }) => (change as { to: string }).to)).toEqual([
      "Ringing",
      "In Progress",
      "Completed",
    ]);
  });

  test("are in the record once, however often one comes in a bunch", async () => {
    const { context, dialled, tellTogether, read } = recordingWorker();
    const _id = await dialled();
    await tellTogether(_id, [...LIFE, ...LIFE, COMPLETED]);
    const { attempts, outbox = [] } = await read(_id);
    const statuses = attempts[0]!.events.map(({ status }) => status);
    for (const { status } of LIFE) expect(statuses.filter((one) => one === status)).toHaveLength(1);
    expect(outbox.filter(({ type }) => type === "call.attempt-ended")).toHaveLength(1);
    expect(context.metrics.read()).toMatchObject({ events: 4, eventsRepeated: 5 });
  });

  test("go only forward: what comes after the end in a bunch is a late line", async () => {
    const { dialled, tellTogether, read } = recordingWorker();
    const _id = await dialled();
    await tellTogether(_id, [LIFE[0]!, COMPLETED, LIFE[2]!, LIFE[1]!]);
    const { status, attempts } = await read(_id);
    expect(status).toBe("Completed");
    const lines = attempts[0]!.events.slice(-3).map(({ status: line, late }) => [line, late]);
    expect(lines).toEqual([
      ["completed", false],
      ["in-progress", true],
      ["ringing", true],
    ]);
  });

  test("all reject when their write fails, and lose nothing when their jobs run again", async () => {
    const { context, dialled, tellTogether, read, measured } = recordingWorker();
    const _id = await dialled(aRequest({ retry: { maxAttempts: 2 } }));
    const before = await read(_id);
    const events = [...LIFE.slice(0, 3), BUSY];
    const { calls } = context;
    context.calls = {
      ...calls,
      replace: () => Promise.reject(new Error("the database is away")),
    };
    expect(await tellTogether(_id, events)).toEqual(events.map(() => "rejected"));
    expect(await read(_id)).toEqual(before);
    expect({ measured, jobs: context.dispatches.length }).toEqual({ measured: [], jobs: 1 });
    context.calls = calls;
    expect(await tellTogether(_id, events)).toEqual(events.map(() => "fulfilled"));
    const { attempts } = await read(_id);
    expect(attempts[0]!.events.slice(-4).map(({ status }) => status)).toEqual(
      events.map(({ status }) => status),
    );
    expect(context.dispatches.at(-1)).toMatchObject({ attemptId: `${_id}-2` });
  });

  test("are decided anew on the record of another process that wrote first", async () => {
    const { context, dialled, tellTogether, read } = recordingWorker();
    const _id = await dialled();
    const theirs = await read(_id);
    await context.calls.replace({ ...theirs, tags: ["theirs"] });
    await tellTogether(_id, LIFE);
    expect(await read(_id)).toMatchObject({ status: "Completed", tags: ["theirs"] });
  });
});
