import type { CallLogView } from "@call-log/model";
import { expect, test } from "vitest";

import type { ToolApi, WaitTerms } from "../tool-api.ts";
import type { ToolContext } from "../tool.ts";
import { waitForCall } from "./wait-for-call.ts";

const ID = "0198f2a4-1111-7000-8000-000000000001";
const RINGING = {
  _id: ID,
  createdAt: "2026-11-24T03:12:00.000Z",
  toNumber: "+15550100100",
  status: "Ringing",
  attemptCount: 2,
  attempts: [],
} as unknown as CallLogView;

/** A wait for a call on a clock that moves by hand. `waitForEnd` answers as given; it never does by default. */
function waiting({
  waitForEnd = () => new Promise<void>(() => {}),
  call = RINGING,
}: { waitForEnd?: ToolApi["waitForEnd"]; call?: CallLogView } = {}) {
  const [gone, alarms] = [new AbortController(), [] as { at: number; ring: () => void }[]];
  let now = 0;
  let terms: WaitTerms | undefined;
  let timer: AbortSignal | undefined;
  const api = {
    waitForEnd: (id: string, given: WaitTerms) => {
      terms = given;
      return waitForEnd(id, given);
    },
    read: async () => call,
  } as unknown as ToolApi;
  const context: ToolContext = {
    api,
    now: () => new Date(now * 1000),
    signal: gone.signal,
    after: (seconds, signal) =>
      new Promise((ring) => {
        timer = signal;
        alarms.push({ at: now + seconds, ring });
        signal.addEventListener("abort", () => ring());
      }),
  };
  let isAnswered = false;
  const answer = waitForCall.call({ id: ID, timeoutSeconds: 50 }, context);
  const settled = () => {
    isAnswered = true;
  };
  answer.then(settled, settled);
  return {
    answer,
    leave: () => gone.abort(),
    /** True if it has answered by a second of the clock. */
    isAnsweredAt: async (second: number) => {
      now = second;
      for (const { at, ring } of alarms) if (at <= now) ring();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      return isAnswered;
    },
    isLeft: () => terms?.signal.aborted === true && timer?.aborted === true,
  };
}

test("a wait that never ends is ended before clients give up, and says how far the call is", async () => {
  const { answer, isAnsweredAt, isLeft } = waiting();
  expect(await isAnsweredAt(54)).toBe(false);
  expect(await isAnsweredAt(55)).toBe(true);
  const { data, text } = await answer;
  expect(data).toMatchObject({ isOver: false, status: "Ringing", reached: "not yet" });
  expect(text).toContain("It is not over yet. Call wait_for_call again to wait on.");
  expect(isLeft()).toBe(true);
});

test("it ends when the assistant goes away, and nothing goes on behind it", async () => {
  const { answer, leave, isAnsweredAt, isLeft } = waiting();
  expect(await isAnsweredAt(1)).toBe(false);
  leave();
  expect(await isAnsweredAt(1)).toBe(true);
  expect((await answer).data).toMatchObject({ isOver: false });
  expect(isLeft()).toBe(true);
});

test("it ends with the call, and its clock is let go", async () => {
  const call = { ...RINGING, status: "Busy" };
  const { answer, isLeft } = waiting({ call, waitForEnd: async () => {} });
  expect((await answer).data).toMatchObject({ isOver: true });
  expect(isLeft()).toBe(true);
});

test("what goes wrong while it waits is told; afterwards it disturbs nobody", async () => {
  const wrong = waiting({ waitForEnd: () => Promise.reject(new Error("no such call")) });
  await expect(wrong.answer).rejects.toThrow("no such call");
  const late = waiting({
    waitForEnd: (_id, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("too late")));
      }),
  });
  expect(await late.isAnsweredAt(55)).toBe(true);
  expect((await late.answer).data).toMatchObject({ isOver: false });
});
