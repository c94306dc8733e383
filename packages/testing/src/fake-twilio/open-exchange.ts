import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { runCall } from "./call-course.ts";
import type { Exchange, ExchangeOptions, Order } from "./exchange.ts";
import { finish, newSid, priceOf, type FakeCall } from "./fake-call.ts";
import { scriptOf } from "./script.ts";

const PRICE_AFTER_SECONDS = 5;

/** Start with no calls. */
export function openExchange(options: ExchangeOptions): Exchange {
  const calls = new Map<string, FakeCall>();
  const endings = new Map<string, AbortController>();
  const tries = new Map<string, number>();
  const ledger = openSync(options.ledgerFile, "a");
  const exchange: Exchange = {
    ...options,
    callbackFault: "none",
    calls: () => [...calls.values()],
    call: (sid) => calls.get(sid),
    scriptFor(order) {
      const script = scriptOf(order.to);
      const key = `${order.to} ${labelOf(order)}`;
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      const { fault, ends, ...rest } = script;
      return {
        ...rest,
        ...(fault && (count === 1 || !script.faultOnce) && { fault }),
        ...(ends && (count === 1 || !script.endsOnce) && { ends }),
      };
    },
    place(order, script) {
      const { statusEvents, statusUrl, amdUrl, ...rest } = order;
      const call: FakeCall = {
        ...rest,
        sid: newSid("CA"),
        script,
        targets: { statusEvents, ...(statusUrl && { statusUrl }), ...(amdUrl && { amdUrl }) },
        status: "queued",
        createdAt: new Date(),
        spoken: [],
        requests: [],
        askings: new Map(),
        sequence: 0,
      };
      calls.set(call.sid, call);
      const { sid, to, from } = call;
      writeSync(ledger, `${JSON.stringify({ sid, to, from, statusUrl, at: call.createdAt })}\n`);
      fsyncSync(ledger);
      endings.set(sid, new AbortController());
      void runCall(exchange, call);
      return call;
    },
    end(call, status) {
      finish(call, status, options.speed);
      endings.get(call.sid)?.abort();
    },
    priceOf(call) {
      if (call.endedAt === undefined) return undefined;
      const afterMs =
        ((call.script.priceAfterSeconds ?? PRICE_AFTER_SECONDS) / options.speed) * 1000;
      return Date.now() >= call.endedAt.getTime() + afterMs ? priceOf(call) : undefined;
    },
    async wait(seconds, call) {
      const signal = call && endings.get(call.sid)?.signal;
      await delay((seconds / options.speed) * 1000, undefined, { signal });
    },
  };
  process.once("exit", () => closeSync(ledger));
  return exchange;
}

// Orders of one call log differ in the number at the end of their label alone.
function labelOf({ statusUrl = "" }: Order): string {
  return /([0-9a-f-]{36})-\d+\//.exec(statusUrl)?.[1] ?? "";
}
