import { setTimeout as delay } from "node:timers/promises";

import { createCallLogClient } from "@call-log/client";
import { waitFor } from "@call-log/testing";

import type { Carrier } from "./carrier.ts";
import type { Installation } from "./installation.ts";
import { keyOf, requestOf } from "./load.ts";

/** What was sent in a soak. */
export interface Sent {
  /** Idempotency keys of the requests that were accepted. */
  accepted: string[];
  /** Milliseconds of each answer that accepted a request. */
  answerMs: number[];
  /** Answers that did not: the request was sent again. */
  refused: number;
}

/** Calls that arrive at a steady rate, whatever is killed. */
export interface Load {
  /** Let this many milliseconds pass. */
  pass(milliseconds: number): Promise<void>;
  /** Send one more call, answered at once; the id of its call log. */
  probe(): Promise<string>;
  /** Stop, and wait until everything that was sent is accepted. */
  end(): Promise<Sent>;
}

const AGAIN_AFTER_MS = 100;
/** A number that answers at once, in the mix of `requestOf`. */
const ANSWERED = "+15550100110";
const RECOVERS_WITHIN_MS = 120_000;

/** Send calls at a rate per second, each until it is accepted. */
export function startLoad(
  { url, apiKey }: Pick<Installation, "url" | "apiKey">,
  rate: number,
): Load {
  const client = createCallLogClient({ url, apiKey });
  const sent: Sent = { accepted: [], answerMs: [], refused: 0 };
  const open = new Set<Promise<unknown>>();
  let count = 0;

  async function send(change: object = {}): Promise<string> {
    const index = count++;
    const request = { ...requestOf(index), ...change };
    for (;;) {
      const from = performance.now();
      try {
        const { _id } = await client.calls.dispatch.mutate(request);
        sent.answerMs.push(performance.now() - from);
        sent.accepted.push(keyOf(index));
        return _id;
      } catch {
        // Away, or killed while it answered: by its key, the same request is the same call.
        sent.refused += 1;
        await delay(AGAIN_AFTER_MS);
      }
    }
  }

  const timer = setInterval(() => {
    const one = send().finally(() => open.delete(one));
    open.add(one);
  }, 1000 / rate);
  return {
    pass: (milliseconds) => delay(milliseconds),
    probe: () => send({ toNumber: ANSWERED, retry: { maxAttempts: 1 } }),
    async end() {
      clearInterval(timer);
      await Promise.all(open);
      return sent;
    },
  };
}

/** Milliseconds until a call that is sent now has been dialled. */
export async function recoveryAfter({
  load,
  carrier,
}: {
  load: Pick<Load, "probe">;
  carrier: Pick<Carrier, "ledger">;
}): Promise<number> {
  const from = performance.now();
  const callLogId = await load.probe();
  await waitFor(
    async () => (await carrier.ledger()).some(({ attemptId }) => attemptId.startsWith(callLogId)),
    { timeoutMs: RECOVERS_WITHIN_MS, describe: "a call after the kill to be dialled" },
  );
  return Math.round(performance.now() - from);
}
