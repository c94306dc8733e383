import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { answerQuestions } from "../node-process.ts";

/** Between two requests, in milliseconds. */
const EVERY_MS = 50;

const [origin] = process.argv.slice(2);
const bare = createServer((_request, response) => response.end("{}")).listen(0, "127.0.0.1");
await once(bare, "listening");

const taken = { live: [] as number[], bare: [] as number[] };

async function probe(into: number[], url: string): Promise<void> {
  for (;;) {
    const startedAt = performance.now();
    const response = await fetch(url);
    await response.text();
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    into.push(performance.now() - startedAt);
    await delay(EVERY_MS);
  }
}

// What was measured since the last question, in milliseconds.
answerQuestions(async () => ({ live: taken.live.splice(0), bare: taken.bare.splice(0) }));
await Promise.all([
  probe(taken.live, `${origin}/health/live`),
  probe(taken.bare, `http://127.0.0.1:${(bare.address() as AddressInfo).port}`),
]);
