import { EventEmitter, once } from "node:events";
import { Agent, request } from "node:http";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

import { z } from "zod";

import { answerQuestions } from "../node-process.ts";
import { eventsOf, type InstantCall, type InstantEvent } from "./instant-call.ts";

// A carrier that takes every call at once. It reads calls as lines, and posts the events of each one after the other: without a wait
// between them, or with the gap that its argument sets.
let gapMs = 0;
const order = z.object({ gapMs: z.number().optional(), waitForCall: z.boolean().optional() });
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** When each call came, in milliseconds since 1970, by the address of its events. */
const askedAt = new Map<string, number>();
const doorbell = new EventEmitter();

const server = createServer((socket: Socket) => {
  createInterface({ input: socket }).on("line", (line) => {
    // The provider's own JSON.
    const call = JSON.parse(line) as InstantCall;
    askedAt.set(call.url, performance.timeOrigin + performance.now());
    doorbell.emit("call");
    void tell(call);
  });
});

async function tell(call: InstantCall): Promise<void> {
  for (const event of eventsOf(call, new Date().toISOString())) {
    while ((await post(call.url, event)) >= 500) await delay(100);
    if (gapMs > 0) await delay(gapMs);
  }
}

function post(url: string, event: InstantEvent): Promise<number> {
  const body = JSON.stringify(event);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 500));
    });
    // An api that is away is told again, as by a provider.
    sent.once("error", () => resolve(503));
    sent.end(body);
  });
}

server.listen(Number(process.argv[2]), "127.0.0.1", () => {
  answerQuestions(async (question) => {
    const { gapMs: newGap, waitForCall = false } = order.parse(question ?? {});
    gapMs = newGap ?? gapMs;
    if (waitForCall && askedAt.size === 0) await once(doorbell, "call");
    const calls = [...askedAt];
    askedAt.clear();
    return calls;
  });
});
