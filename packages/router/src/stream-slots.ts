import { CallLogError } from "@call-log/model";

/** Seconds after which a stream may have ended. */
const RETRY_AFTER_SECONDS = 30;

/** Limits live streams and waits, for each key and in all. */
export interface StreamSlots {
  /** Take a slot; returns a function that releases it, once. Throws TOO_MANY_REQUESTS at the key's limit, SERVICE_UNAVAILABLE at the limit of the server. */
  take(keyId: string): () => void;
}

/** Slots of one process; 0 is no limit. */
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
          `This key may have ${perKey} live streams and waits at a time. Close one first.`,
          { retryAfterSeconds },
        );
      if (all >= inAll)
        throw new CallLogError(
          "SERVICE_UNAVAILABLE",
          `This server has ${inAll} live streams and waits at a time, and all are in use.`,
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
