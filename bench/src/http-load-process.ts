import { Pool } from "undici";
import { z } from "zod";

import { answerQuestions } from "./node-process.ts";

// Sends requests over kept connections for a while, each connection its next one as soon as it has the answer, and says how long they took.
const loadOrder = z.object({
  origin: z.string(),
  requests: z.array(
    z.object({
      method: z.enum(["GET", "POST"]),
      path: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string().nullable(),
    }),
  ),
  connections: z.number(),
  milliseconds: z.number(),
});

type LoadOrder = z.output<typeof loadOrder>;
type Request = LoadOrder["requests"][number];

// Kept from one order to the next, so that no round begins with new connections.
const pools = new Map<string, Pool>();

function poolFor({ origin, connections }: LoadOrder): Pool {
  const key = `${origin} ${connections}`;
  const pool = pools.get(key) ?? new Pool(origin, { connections });
  pools.set(key, pool);
  return pool;
}

// The bare way to send, since each microsecond of the load is one that the measured processes do not have.
function send(pool: Pool, request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let refusal = "";
    pool.dispatch(request, {
      onRequestStart: () => {},
      onResponseStart: (_controller, statusCode) => void (status = statusCode),
      onResponseData: (_controller, chunk) => {
        if (status !== 200) refusal += String(chunk);
      },
      onResponseEnd: () =>
        status === 200
          ? resolve()
          : reject(new Error(`${request.path} answered ${status}: ${refusal}`)),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

async function load(order: LoadOrder) {
  const { requests, connections, milliseconds } = order;
  const pool = poolFor(order);
  const latencies: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const sendInTurn = async () => {
    while (performance.now() - startedAt < milliseconds) {
      const request = requests[next % requests.length]!;
      next += 1;
      const sentAt = performance.now();
      await send(pool, request);
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, sendInTurn));
  return { latencies, seconds: (performance.now() - startedAt) / 1000 };
}

answerQuestions((question) => load(loadOrder.parse(question)));
