import { setTimeout as delay } from "node:timers/promises";

import { createCallLogClient, type CallRequestInput } from "@call-log/client";
import { SCRIPTED_BLOCK } from "@call-log/provider";
import { TRPCClientError } from "@trpc/client";

/** The key that acknowledges in every call with a question. */
export const ACKNOWLEDGES = "4";

const menu: CallRequestInput["say"] = [
  { say: "The database is down." },
  { gather: { say: "Press 4 to acknowledge.", on: { [ACKNOWLEDGES]: { acknowledge: true } } } },
];

/** What is asked for in turn, by the last digits of the scripted number. Lost answers and held calls are in it on purpose. */
const MIX: readonly (Partial<CallRequestInput> & { digits: string })[] = [
  { digits: "0100", say: menu, reachedWhen: "acknowledged" },
  { digits: "7777", reachedWhen: "human" },
  { digits: "0103", reachedWhen: "human", retry: { maxAttempts: 2, backoff: { delaySeconds: 1 } } },
  { digits: "0110", retry: { maxAttempts: 2, backoff: { delaySeconds: 0 } } },
  { digits: "0115", retry: { maxAttempts: 2, backoff: { delaySeconds: 0 } } },
  { digits: "0111" },
  { digits: "0112" },
  { digits: "0114" },
  { digits: "0130" },
  { digits: "0141" },
  { digits: "0101", say: menu, reachedWhen: "acknowledged" },
  { digits: "7778" },
];

/** The request of this number; each has an idempotency key of its own, so that it can be repeated until it is accepted. */
export function requestOf(index: number): CallRequestInput {
  const { digits, ...rest } = MIX[index % MIX.length]!;
  return {
    toNumber: `${SCRIPTED_BLOCK}${digits}`,
    say: `Alert ${index}`,
    idempotencyKey: keyOf(index),
    onUnknown: "hold",
    ...rest,
  };
}

/** A request in which the callee presses the key that acknowledges; every second one would be made again, but not before its record is read. */
export function acknowledgedRequest(index: number): CallRequestInput {
  const backoff = { type: "fixed", delaySeconds: 300 } as const;
  return {
    toNumber: `${SCRIPTED_BLOCK}0100`,
    say: menu,
    reachedWhen: "acknowledged",
    idempotencyKey: keyOf(index),
    retry: { maxAttempts: 1 + (index % 2), backoff },
  };
}

/** Idempotency key of a request. */
export function keyOf(index: number): string {
  return `chaos-${index}`;
}

/** What is sent. */
export interface Load {
  calls: number;
  request: (index: number) => CallRequestInput;
  /** Requests in one batch. @defaultValue 20 */
  atATime?: number | undefined;
}

/**
 * Send requests until each is accepted, as a careful caller does: what got no answer is sent again. `pace` is awaited between
 * batches, so that the load lasts as long as the faults do.
 */
export async function sendAll(
  { url, apiKey }: { url: string; apiKey: string },
  { calls, request, atATime = BATCH }: Load,
  pace: (sent: number) => Promise<void>,
): Promise<string[]> {
  const client = createCallLogClient({ url, apiKey });
  const accepted: string[] = [];
  for (let start = 0; start < calls; start += atATime) {
    const size = Math.min(atATime, calls - start);
    const requests = Array.from({ length: size }, (_, offset) => request(start + offset));
    accepted.push(...(await untilAccepted(client, requests)));
    await pace(accepted.length);
  }
  return accepted;
}

const BATCH = 20;
const AGAIN_AFTER_MS = 100;

async function untilAccepted(
  client: ReturnType<typeof createCallLogClient>,
  requests: readonly CallRequestInput[],
): Promise<string[]> {
  let open = [...requests];
  const accepted: string[] = [];
  while (open.length > 0) {
    const results = await answersTo(client, open);
    const refused = results?.find(
      (answer) => !answer.ok && answer.error.code !== "SERVICE_UNAVAILABLE",
    );
    if (refused?.ok === false) throw new Error(`a request was refused: ${refused.error.message}`);
    accepted.push(...open.filter((_, index) => results?.[index]?.ok).map(keyOfRequest));
    open = open.filter((_, index) => !results?.[index]?.ok);
  }
  return accepted;
}

// Away, or killed while it answered: the requests are sent again. What the api itself refuses is a fault of this program.
async function answersTo(
  client: ReturnType<typeof createCallLogClient>,
  requests: readonly CallRequestInput[],
) {
  try {
    const { results } = await client.calls.dispatchMany.mutate({ requests: [...requests] });
    return results;
  } catch (error) {
    const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
    if (typeof status === "number" && status < 500) throw error;
    await delay(AGAIN_AFTER_MS);
    return undefined;
  }
}

function keyOfRequest({ idempotencyKey }: CallRequestInput): string {
  return idempotencyKey ?? "";
}
