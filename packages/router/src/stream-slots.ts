import { CallLogError } from "@call-log/model";

/** Seconds after which a stream may have ended. */
const RETRY_AFTER_SECONDS = 30;

/** Places for live streams: so many for each key, so many in all. */
export interface StreamSlots {
  /** Take a place; what gives it back, a second time for nothing. TOO_MANY_REQUESTS when the key has all of its own, SERVICE_UNAVAILABLE when all are taken. */
  take(keyId: string): () => void;
}

/** Places in one process; 0 is no limit. */
export function createStreamSlots(limits: { perKey: number; inAll: number }): StreamSlots {
  const perKey = limits.perKey === 0 ? Infinity : limits.perKey;
  const inAll = limits.inAll === 0 ? Infinity : limits.inAll;
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take(keyId) {
      const own = taken.get(keyId) ?? 0;
      const retryAfterSeconds = RETRY_AFTER_SECONDS;
      if (own >= perKey)
        throw new CallLogError(
          "TOO_MANY_REQUESTS",
          `This key may have ${perKey} live streams at a time. Close one first.`,
          { retryAfterSeconds },
        );
      if (all >= inAll)
        throw new CallLogError(
          "SERVICE_UNAVAILABLE",
          `This server has ${inAll} live streams at a time, and all are in use.`,
          { retryAfterSeconds },
        );
      taken.set(keyId, own + 1);
      all += 1;
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        const left = (taken.get(keyId) ?? 1) - 1;
        if (left === 0) taken.delete(keyId);
        else taken.set(keyId, left);
        all -= 1;
      };
    },
  };
}
