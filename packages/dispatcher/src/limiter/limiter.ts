import { createHash } from "node:crypto";

import type { Priority } from "@call-log/model";
import type { CallClass } from "@call-log/store";
import type { Redis } from "ioredis";

import { TURN_SCRIPT } from "./turn-script.ts";

/** An attempt ready to be placed, and its limits; absent means no limit. */
export interface Turn {
  attemptId: string;
  projectId: string;
  priority: Priority;
  /** Name of the provider account, and how many calls it may begin a second. */
  account: string;
  accountPerSecond?: number | undefined;
  projectPerSecond?: number | undefined;
  /** E.164. */
  fromNumber: string;
  fromNumberPerSecond?: number | undefined;
  /** E.164. */
  toNumber: string;
  destinationPerMinute?: number | undefined;
  now: Date;
}

/**
 * Spaces calls so that no account, project, from-number or destination gets more than its limit, whatever the number of
 * processes.
 */
export interface Limiter {
  /**
   * Milliseconds to wait before asking again; 0 when the attempt may be handed over now. Rejects while Redis is away.
   */
  take(turn: Turn): Promise<number>;
  /**
   * Classes of calls whose new attempts found no turn within half a minute, in the last seconds: more of them would only stand in line. Rejects while
   * Redis is away.
   */
  farOff(now: Date): Promise<CallClass[]>;
  /** How much of an account's limit is in use now; looks only. Rejects while Redis is away. */
  use(account: string, limit: { perSecond: number; now: Date }): Promise<LimiterUse>;
}

/** Use of an account's limit. */
export interface LimiterUse {
  /** Calls that may begin a second. */
  perSecond: number;
  /** Calls that may begin at once, of at most `burst`. */
  tokens: number;
  burst: number;
  /** Attempts that wait for their turn. */
  waiting: number;
}

/**
 * How far a class is moved forward or back in the waiting list. An emergency goes before all others; a low one lets as many as 200 calls
 * that come after it go first, but not more, so that it never starves.
 */
const OFFSETS: Readonly<Record<Priority, number>> = { emergency: -1e9, normal: 0, low: 200 };

const COMMAND = "callLogTakeTurn";

type TakeTurn = (...keysAndArguments: (string | number)[]) => Promise<number>;

/** A limiter whose state is in Redis, under this prefix. */
export function createLimiter(connection: Redis, prefix: string): Limiter {
  connection.defineCommand(COMMAND, { numberOfKeys: 8, lua: TURN_SCRIPT });
  const takeTurn = (connection as unknown as Record<typeof COMMAND, TakeTurn>)[COMMAND];
  const run = takeTurn.bind(connection);
  return {
    take: (turn) => run(...keysOf(turn, prefix), ...argumentsOf(turn)),
    async farOff(now) {
      const names = await connection.zrangebyscore(farOffKey(prefix), `(${now.getTime()}`, "+inf");
      return names.map(classNamed);
    },
    async use(account, { perSecond, now }) {
      const [room = "", , bucket = ""] = accountKeys(account, prefix);
      const [waiting, [left, at]] = await Promise.all([
        connection.zcard(room),
        connection.hmget(bucket, "tokens", "at"),
      ]);
      const burst = burstOf(perSecond);
      const since = Math.max(0, now.getTime() - Number(at ?? now.getTime()));
      const tokens = Math.min(burst, Number(left ?? burst) + (since * perSecond) / 1000);
      return { perSecond, tokens, burst, waiting };
    },
  };
}

// One hash tag, so that a cluster keeps them together; numbers only as hashes.
function baseOf(prefix: string): string {
  return prefix.includes("{") ? `${prefix}:limiter` : `{${prefix}:limiter}`;
}

function accountKeys(account: string, prefix: string): string[] {
  return ["room", "returns", "bucket", "tags"].map(
    (name) => `${baseOf(prefix)}:${account}:${name}`,
  );
}

function keysOf({ account, projectId, fromNumber, toNumber }: Turn, prefix: string): string[] {
  const spaced = [`from:${hashOf(fromNumber)}`, `to:${hashOf(toNumber)}`, `project:${projectId}`];
  return [
    ...accountKeys(account, prefix),
    ...spaced.map((name) => `${baseOf(prefix)}:${name}`),
    farOffKey(prefix),
  ];
}

function farOffKey(prefix: string): string {
  return `${baseOf(prefix)}:far-off`;
}

/** One name for each class of calls. */
export function nameOfClass({ priority, projectId }: CallClass): string {
  return `${priority} ${projectId}`;
}

function classNamed(name: string): CallClass {
  const [priority = "", projectId = ""] = name.split(" ", 2);
  return { priority: priority as Priority, projectId };
}

function burstOf(calls: number): number {
  return Math.max(1, Math.floor(calls));
}

function argumentsOf(turn: Turn): (string | number)[] {
  const { accountPerSecond: rate = 0, fromNumberPerSecond, destinationPerMinute } = turn;
  const { projectPerSecond } = turn;
  return [
    turn.now.getTime(),
    turn.attemptId,
    nameOfClass(turn),
    OFFSETS[turn.priority],
    rate,
    burstOf(rate),
    fromNumberPerSecond === undefined ? 0 : 1000 / fromNumberPerSecond,
    destinationPerMinute === undefined ? 0 : 60_000 / destinationPerMinute,
    burstOf(destinationPerMinute ?? 1),
    projectPerSecond === undefined ? 0 : 1000 / projectPerSecond,
    burstOf(projectPerSecond ?? 1),
  ];
}

function hashOf(number: string): string {
  return createHash("sha256").update(number).digest("base64url").slice(0, 22);
}
