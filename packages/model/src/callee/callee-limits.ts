import { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";

/** How often one number may be called: a number of calls within any period of a number of seconds. */
export interface CalleeLimit {
  calls: number;
  seconds: number;
}

const calleeLimit = onlyKeys({
  calls: z
    .number({ error: "must be a number of calls" })
    .int({ error: "must be a whole number" })
    .min(1, { error: "must be at least 1 call" })
    .max(100, { error: "must be at most 100 calls" })
    .meta({ description: "Most calls", example: 3 }),
  seconds: z
    .number({ error: "must be a number of seconds" })
    .int({ error: "must be whole seconds" })
    .min(1, { error: "must be at least 1 second" })
    .max(86_400, { error: "must be at most 86400 seconds" })
    .meta({ description: "Length of the sliding window, in seconds", example: 900 }),
});

/** Setting: how often a project may call one number, or `off`. */
export const calleeLimits = z
  .union(
    [
      z.literal("off"),
      z
        .array(calleeLimit)
        .min(1, { error: "must hold at least one limit" })
        .max(10, { error: "must be at most 10 limits" }),
    ],
    { error: 'must be "off", or a list of {"calls": …, "seconds": …}' },
  )
  .meta({
    description:
      'How often one number may be called: all of these hold; "off" for no limit, those of the installation when absent',
    example: [{ calls: 3, seconds: 900 }],
  });

/** How often a project may call one number, by its setting. */
export type CalleeLimits = z.output<typeof calleeLimits>;

/** The rate above which carriers block the caller as a nuisance (seen by GoAlert: target/goalert#1084). */
export const DEFAULT_CALLEE_LIMITS = "1/60,3/900,7/3600,15/10800";

/** Parses limits such as `1/60,3/900` (calls per seconds) or `off`; undefined for any other text. */
export function parseCalleeLimits(text: string): CalleeLimits | undefined {
  const pairs = text.split(",").map((pair) => pair.split("/").map(Number));
  const limits = pairs.map(([calls, seconds]) => ({ calls, seconds }));
  return calleeLimits.safeParse(text === "off" ? text : limits).data;
}

/** Why and until when a number may not be called again. */
export interface CalleeWait {
  at: Date;
  limit: CalleeLimit;
}

/** Period in milliseconds over which calls to one number are checked again when too many wait for a turn each. */
const SPREAD_MS = 900_000;
/** Most turns that are planned ahead. */
const MAX_TURNS = 100;

/**
 * The same for a call behind a number of others: the turn after theirs. If that is far away, a time within 15 minutes after the next turn: calls of a long queue are then checked neither all at once nor too late to use a canceled call's turn.
 */
export function calleeWaitInLine(
  placed: readonly Date[],
  limits: readonly CalleeLimit[],
  { now, ahead }: { now: Date; ahead: number },
): CalleeWait | undefined {
  const next = calleeWait(placed, limits, now);
  if (next === undefined) return undefined;
  let own = next;
  const taken = [...placed];
  for (let turn = 0; turn < ahead; turn += 1) {
    taken.push(own.at);
    const after = calleeWait(taken, limits, own.at);
    const isFar = after === undefined || after.at.getTime() > next.at.getTime() + SPREAD_MS;
    if (isFar || turn === MAX_TURNS)
      return { ...next, at: new Date(next.at.getTime() + ((ahead * 1000) % SPREAD_MS)) };
    own = { ...next, at: after.at };
  }
  return own;
}

/**
 * The limit that another call would exceed and when it no longer would; undefined if the call may be placed now.
 * `placed` holds the times of the calls so far.
 */
export function calleeWait(
  placed: readonly Date[],
  limits: readonly CalleeLimit[],
  now: Date,
): CalleeWait | undefined {
  const times = placed.map((time) => time.getTime()).toSorted((a, b) => a - b);
  const waits = limits.flatMap((limit) => {
    const lengthMs = limit.seconds * 1000;
    const within = times.filter((time) => time > now.getTime() - lengthMs);
    const first = within.at(-limit.calls);
    return within.length < limit.calls || first === undefined
      ? []
      : [{ at: new Date(first + lengthMs), limit }];
  });
  return waits.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
}
