import { limitConcurrency } from "../concurrency-limit.ts";
import type { LedgerCall } from "../ledger/ledger-line.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Timers } from "../timers.ts";
import { plannedCallbacks, type PlannedCallback } from "./callback-plan.ts";
import { SIGNATURE_HEADER, signCallback } from "./callback-signature.ts";

/** One HTTP POST of a callback. */
export interface CallbackPost {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Makes the POST and returns the HTTP status of its answer; throws when there was none. */
export type Deliver = (post: CallbackPost) => Promise<number>;

/** Brings callbacks to their addresses at their times. */
export interface CallbackSender {
  /** Bring the callbacks of a call that are due at or after a time. */
  follow(call: LedgerCall, since: Date): void;
  /** Waits for posts under way. The timers have to be closed before. */
  close(): Promise<void>;
}

/** What a sender works with. */
export interface SenderParts {
  ledger: Ledger;
  timers: Timers;
  now: () => Date;
  deliver: Deliver;
  signingKey: string;
}

/** Carrier's seconds between tries when the address does not answer, or answers with 5xx; then it gives up. */
const RETRY_SECONDS = [1, 3, 9];
/** How long one POST may take, in real time. */
const POST_TIMEOUT_MS = 5000;

/** Posts under way at once; more would only wait for each other, and some for longer than a post may take. */
const MOST_POSTS = 64;

/** Posts over HTTP; redirects are not followed. */
export const postCallback: Deliver = async ({ url, headers, body }) => {
  const signal = AbortSignal.timeout(POST_TIMEOUT_MS);
  const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
  await response.arrayBuffer();
  return response.status;
};

/** A sender that checks the ledger again before each callback, for the call may have been ended by another process. */
export function createCallbackSender(parts: SenderParts): CallbackSender {
  const { ledger, timers, now } = parts;
  const isTaken = limitConcurrency(MOST_POSTS, (post: CallbackPost) =>
    timers.isClosed() ? Promise.resolve(false) : tryToDeliver(parts.deliver, post),
  );
  const underWay = new Set<Promise<void>>();

  async function bring(callback: PlannedCallback): Promise<void> {
    if (!(await timers.wait(callback.dueAt.getTime() - now().getTime()))) return;
    const call = ledger.call(callback.providerCallId);
    if (!call || !plannedCallbacks(call).some((planned) => isSame(planned, callback))) return;
    const post = postOf(callback, parts.signingKey);
    for (const seconds of [0, ...RETRY_SECONDS]) {
      if (!(await timers.wait((seconds * 1000) / call.speed))) return;
      if (await isTaken(post)) return;
    }
  }

  return {
    follow: (call, since) => {
      for (const callback of plannedCallbacks(call)) {
        if (callback.dueAt < since) continue;
        const task = bring(callback).finally(() => underWay.delete(task));
        underWay.add(task);
      }
    },
    close: async () => {
      await Promise.allSettled(underWay);
    },
  };
}

/** Anything but silence and 5xx is an answer, a refusal too. */
async function tryToDeliver(deliver: Deliver, post: CallbackPost): Promise<boolean> {
  try {
    return (await deliver(post)) < 500;
  } catch {
    return false;
  }
}

function postOf({ url, body }: PlannedCallback, signingKey: string): CallbackPost {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    [SIGNATURE_HEADER]: signCallback(signingKey, url, body),
  };
  return { url, body, headers };
}

function isSame(a: PlannedCallback, b: PlannedCallback): boolean {
  return a.url === b.url && a.body === b.body && a.dueAt.getTime() === b.dueAt.getTime();
}
