import type { OpenSpan, SpanStart, Tracing } from "@call-log/dispatcher";
import { callRecord } from "@call-log/testing";
import { expect, test, vi } from "vitest";

import type { ApiDependencies } from "../api-dependencies.ts";
import { type InTraceOfCall, tracedCallbacks } from "./callback-span.ts";

const CALL = callRecord({ traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` });

type Request = Parameters<InTraceOfCall>[0];
const callback = {
  method: "POST",
  routeOptions: { url: "/hooks/:provider/:attemptId/status" },
  params: { provider: "twilio", attemptId: `${CALL._id}-1` },
} as unknown as Request;

function traced(find: () => Promise<typeof CALL | undefined>) {
  const begun: SpanStart[] = [];
  const span: OpenSpan = { traceparent: "", run: (act) => act(), set() {}, fail() {}, end() {} };
  const tracing: Tracing = {
    begin: (start) => (begun.push(start), span),
    active: () => undefined,
  };
  const inTraceOfCall = tracedCallbacks({
    dispatcher: { context: { tracing } },
    store: { calls: { find } },
  } as unknown as ApiDependencies);
  return { begun, take: () => inTraceOfCall(callback, async () => "taken") };
}

test("the callbacks of a call are in its trace, by one read of it", async () => {
  const find = vi.fn<() => Promise<typeof CALL>>(async () => CALL);
  const { begun, take } = traced(find);
  await take();
  await take();
  expect(begun.map(({ parent }) => parent)).toEqual([CALL.traceparent, CALL.traceparent]);
  expect(find).toHaveBeenCalledTimes(1);
});

test("a callback is taken while the database is away, and the next one looks again", async () => {
  const find = vi
    .fn<() => Promise<typeof CALL>>(async () => CALL)
    .mockRejectedValueOnce(new Error("away"));
  const { begun, take } = traced(find);
  expect(await take()).toBe("taken");
  await take();
  expect(begun.map(({ parent }) => parent)).toEqual([undefined, CALL.traceparent]);
});
