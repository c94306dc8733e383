import { createHash } from "node:crypto";

import { CallLogError } from "@call-log/model";
import type { KeyGuard } from "@call-log/router";
import { normalizeIP } from "@fastify/rate-limit";

const MINUTE_MS = 60_000;
/** Longest refusal of an address, in milliseconds. */
const LONGEST_MS = 3_600_000;
/** Most addresses, and most valid keys, kept in memory; the oldest go first. */
const MOST_REMEMBERED = 10_000;

interface Failures {
  /** How often each key failed in the minute that began then, by its digest. */
  keys: Map<string, number>;
  since: number;
  /** How often it was refused in a row, and until when. */
  refusals: number;
  until: number;
}

/**
 * Slows down guessing of keys. An address from which so many different keys failed in a minute is refused for a minute, then two, four … up
 * to an hour; what it sends meanwhile is not even looked up, so it learns nothing. A key that has worked in this process is still taken from
 * there: it may come from behind the same router. One key that fails again and again, as of a client that missed its end, is refused alone.
 */
export interface FailedKeys {
  /** The guard of one request from this address; IPv6 ones count by their /64. Counts one failure per request. */
  guardOf(address: string): KeyGuard;
}

/** Counts for one process; nothing is shared, so each process lets an address try on its own. */
export function createFailedKeys(options: { perMinute: number; now: () => Date }): FailedKeys {
  const { perMinute, now } = options;
  const addresses = new Map<string, Failures>();
  const worked = new Map<string, true>();

  function fail(address: string, key: string): void {
    const at = now().getTime();
    const known = addresses.get(address);
    const isQuiet = known === undefined || at - Math.max(known.since, known.until) > LONGEST_MS;
    const failures = isQuiet ? { keys: new Map(), since: at, refusals: 0, until: 0 } : known;
    if (at - failures.since >= MINUTE_MS) Object.assign(failures, { keys: new Map(), since: at });
    failures.keys.set(key, (failures.keys.get(key) ?? 0) + 1);
    if (failures.keys.size >= perMinute) {
      failures.until = at + Math.min(LONGEST_MS, MINUTE_MS * 2 ** failures.refusals);
      failures.refusals += 1;
      failures.keys.clear();
    }
    remember(addresses, address, failures);
  }

  return {
    guardOf(ip) {
      if (perMinute === 0) return { check: () => {}, note: () => {} };
      const address = normalizeIP(ip);
      let hasFailed = false;
      return {
        check(key) {
          const known = addresses.get(address);
          // What was looked up for one part of a request may be looked up for the others.
          if (known === undefined || hasFailed) return;
          const digest = digestOf(key);
          const isSpent = (known.keys.get(digest) ?? 0) >= perMinute;
          const until = Math.max(known.until, isSpent ? known.since + MINUTE_MS : 0);
          const wait = until - now().getTime();
          if (wait > 0 && !worked.has(digest)) throw tooManyFailures(Math.ceil(wait / 1000));
        },
        note(key, isGood) {
          const digest = digestOf(key);
          if (isGood) return remember(worked, digest, true);
          worked.delete(digest);
          if (!hasFailed) fail(address, digest);
          hasFailed = true;
        },
      };
    },
  };
}

function tooManyFailures(retryAfterSeconds: number): CallLogError {
  return new CallLogError(
    "TOO_MANY_REQUESTS",
    `Too many keys from your address were not valid. Try again in ${retryAfterSeconds} seconds.`,
    { retryAfterSeconds },
  );
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MOST_REMEMBERED) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

function digestOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
