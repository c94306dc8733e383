import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";

import { CallNotOverError, type FollowedCall, untilOver, waitForEnd } from "./wait-for-end.ts";

const ID = "0198f2a4-1111-7000-8000-000000000001";
const FAST = { everySeconds: 0.001 };

const failure = (data: { code: string } | undefined) =>
  Object.assign(new TRPCClientError("refused"), { data });

/** Answers one after the other; the last one stays. By `wait`, which waits no time here, or as an older server that has none. */
function answers(...all: (string | Error)[]) {
  const asked = { count: 0, waits: [] as number[] };
  const query = async () => {
    const answer = all[Math.min(asked.count, all.length - 1)]!;
    asked.count += 1;
    if (answer instanceof Error) throw answer;
    return { _id: ID, status: answer } as FollowedCall;
  };
  const wait = async ({ timeout }: { timeout: number }) => {
    asked.waits.push(timeout);
    return { result: "timed-out", call: await query() };
  };
  const none = async () => {
    throw failure({ code: "NOT_FOUND" });
  };
  const on = (waitQuery: unknown) =>
    ({ callLog: { getItem: { query }, wait: { query: waitQuery } } }) as never;
  return {
    asked,
    wait: (options = {}) => waitForEnd(on(none), ID, { ...FAST, ...options }),
    longPoll: (options = {}) => waitForEnd(on(wait), ID, { everySeconds: 60, ...options }),
  };
}

describe("waitForEnd", () => {
  test.each(["Completed", "Not Reached", "Busy", "No Answer", "Failed", "Canceled", "Expired"])(
    "ends with %s",
    async (status) => {
      const { wait, asked } = answers("Queued", "Dialing", "Unknown", status);
      expect(await wait()).toMatchObject({ _id: ID, status });
      expect(asked.count).toBe(4);
    },
  );

  test("takes the status of an imported call for an end", async () => {
    expect(await answers("Success").wait()).toMatchObject({ status: "Success" });
  });

  test("gives up in time, and says how the call stands", async () => {
    const waiting = answers("Unknown").wait({ timeoutSeconds: 0.02 });
    await expect(waiting).rejects.toBeInstanceOf(CallNotOverError);
    await expect(waiting).rejects.toMatchObject({
      message: `call ${ID} is Unknown and was not over in time`,
      call: { status: "Unknown" },
    });
  });

  test("gives up when it is told to", async () => {
    const stop = new AbortController();
    const waiting = answers("Ringing").wait({ signal: stop.signal, everySeconds: 60 });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ call: { status: "Ringing" } });
  });

  test.each([[undefined], [{ code: "SERVICE_UNAVAILABLE" }], [{ code: "TOO_MANY_REQUESTS" }]])(
    "asks again after %o",
    async (data) => {
      const { wait } = answers("Queued", failure(data), "Completed");
      expect(await wait()).toMatchObject({ status: "Completed" });
    },
  );

  test.each(["NOT_FOUND", "UNAUTHORIZED", "BAD_REQUEST"])("throws %s at once", async (code) => {
    const { wait, asked } = answers(failure({ code }), "Completed");
    await expect(wait()).rejects.toThrow("refused");
    expect(asked.count).toBe(1);
  });

  test("lets the server wait, for 30 seconds at most and never longer than is left", async () => {
    const { longPoll, asked } = answers("Queued", "Ringing", "Completed");
    expect(await longPoll({ timeoutSeconds: 20.5 })).toMatchObject({ status: "Completed" });
    expect(asked.waits).toEqual([20, 20, 20]);
    const long = answers("Completed");
    await long.longPoll();
    expect(long.asked.waits).toEqual([30]);
  });

  test("reads the call where no wait is free", async () => {
    const { longPoll } = answers(failure({ code: "TOO_MANY_REQUESTS" }), "Completed");
    expect(await longPoll()).toMatchObject({ status: "Completed" });
  });

  test("waits for a call that a worker has yet to make, where that is expected", async () => {
    const missing = failure({ code: "NOT_FOUND" });
    const { wait } = answers(missing, "Queued", "Completed");
    expect(await wait({ mayBeMissing: true })).toMatchObject({ status: "Completed" });
    const never = answers(missing).wait({ mayBeMissing: true, timeoutSeconds: 0.01 });
    await expect(never).rejects.toThrow(`call ${ID} is not there yet and was not over in time`);
  });
});

test("untilOver takes any way to read a call", async () => {
  const found = [undefined, { _id: ID, status: "Busy" } as FollowedCall];
  expect(await untilOver(ID, async () => found.shift(), FAST)).toMatchObject({ status: "Busy" });
});
