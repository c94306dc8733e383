import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { describe, expect, test } from "vitest";

import { createTracing } from "./otel-tracing.ts";
import { tracingSettings } from "./tracing-settings.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER = "00f067aa0ba902b7";

/** Tracing, and the spans that it has sent when it is closed. */
function start(given: Record<string, string> = {}) {
  const sent: ReadableSpan[] = [];
  const settings = tracingSettings.parse(given);
  const tracing = createTracing(
    { role: "test", settings, onExport: () => undefined },
    {
      export(spans, done) {
        sent.push(...spans);
        done({ code: 0 });
      },
      shutdown: async () => undefined,
    },
  );
  const closed = async () => {
    await tracing.close();
    const spans = Object.fromEntries(sent.map((span) => [span.name, span]));
    expect(sent, "each span is sent once").toHaveLength(Object.keys(spans).length);
    return spans;
  };
  return { tracing, closed };
}

const msOf = ([seconds, nanoseconds]: readonly [number, number]) =>
  seconds * 1000 + nanoseconds / 1e6;

describe("a span", () => {
  test("belongs to the active one, or to the one that it is given", async () => {
    const { tracing, closed } = start();
    const outer = tracing.begin({
      name: "outer",
      kind: "server",
      parent: `00-${TRACE}-${CALLER}-01`,
    });
    const inner = outer.run(() => {
      expect(tracing.active()).toBe(outer.traceparent);
      return tracing.begin({ name: "inner", kind: "client" });
    });
    inner.end();
    outer.end();
    const spans = await closed();
    expect(spans["outer"]?.parentSpanContext).toMatchObject({ spanId: CALLER, isRemote: true });
    expect(spans["inner"]?.parentSpanContext).toBe(spans["outer"]?.spanContext());
    expect(inner.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  });

  test.each(["", "00-0-0-01", `00-${"0".repeat(32)}-${CALLER}-01`])(
    "of a parent that can't be read, %o, begins a trace",
    async (parent) => {
      const { tracing, closed } = start();
      tracing.begin({ name: "first", kind: "server", parent }).end();
      const { first } = await closed();
      expect(first?.parentSpanContext).toBe(undefined);
      expect(first?.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  test("of a trace of its own links to the active one", async () => {
    const { tracing, closed } = start();
    const request = tracing.begin({ name: "request", kind: "server" });
    request.run(() => tracing.begin({ name: "call", kind: "internal", isRoot: true }).end());
    request.end();
    const { call, request: sent } = await closed();
    expect(call?.links).toEqual([{ context: sent?.spanContext() }]);
    expect(call?.spanContext().traceId).not.toBe(sent?.spanContext().traceId);
  });

  test("has the attributes that are known, and its error", async () => {
    const { tracing, closed } = start();
    const attributes = Object.freeze({ "http.route": "/x", "call_log.procedures": undefined });
    const span = tracing.begin({ name: "request", kind: "server", attributes });
    span.set({ "http.response.status_code": 503, "call_log.call_id": undefined });
    span.fail("503");
    span.end();
    const { request } = await closed();
    expect(request?.attributes).toStrictEqual({
      "http.route": "/x",
      "http.response.status_code": 503,
      "error.type": "503",
    });
    expect(request?.status).toEqual({ code: 2 });
  });

  test("lasts from when it began, or is said to have begun, until its first end", async () => {
    const { tracing, closed } = start();
    const before = Date.now();
    const span = tracing.begin({ name: "now", kind: "internal" });
    span.end();
    span.end();
    tracing.begin({ name: "earlier", kind: "internal", startedAt: before - 1500.25 }).end();
    const { now, earlier } = await closed();
    expect(msOf(now?.startTime ?? [0, 0])).toBeGreaterThanOrEqual(before);
    expect(msOf(now?.endTime ?? [0, 0])).toBeGreaterThanOrEqual(msOf(now?.startTime ?? [0, 0]));
    expect(msOf(earlier?.startTime ?? [0, 0])).toBeCloseTo(before - 1500.25, 3);
    expect(msOf(earlier?.duration ?? [0, 0])).toBeGreaterThanOrEqual(1500.25);
  });
});

describe("the sampler", () => {
  test.each([
    ["parentbased_always_on", "00", []],
    ["parentbased_always_on", "01", ["inner", "outer"]],
    ["always_on", "00", ["inner", "outer"]],
    ["always_off", "01", []],
    ["parentbased_always_off", "01", ["inner", "outer"]],
  ])("%s keeps of a trace with the flags %s the spans %o", async (sampler, flags, kept) => {
    const { tracing, closed } = start({ OTEL_TRACES_SAMPLER: sampler });
    const parent = `00-${TRACE}-${CALLER}-${flags}`;
    const outer = tracing.begin({ name: "outer", kind: "server", parent });
    outer.run(() => tracing.begin({ name: "inner", kind: "client" }).end());
    outer.end();
    expect(Object.keys(await closed())).toEqual(kept);
    expect(outer.traceparent.endsWith(kept.length > 0 ? "-01" : "-00")).toBe(true);
  });
});
