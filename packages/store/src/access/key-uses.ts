import type { Collection } from "mongodb";

import type { ApiKeyDocument } from "./access-documents.ts";

/** Shortest time between two writes of a key's last use by one process, in milliseconds. */
export const NOTED_EVERY_MS = 60_000;

/** How long uses are collected before they are written together, in milliseconds. */
const COLLECTED_MS = 1000;

/** Keys whose last write is remembered at most. */
const MAX_REMEMBERED = 10_000;

interface KeyUse {
  at: Date;
  address: string | undefined;
}

/** When and from where keys were used last. */
export interface KeyUses {
  /** Note the use of a key. Returns at once: the write follows a moment later, at most once a minute for each key. */
  note(keyId: string, address: string | undefined): void;
  /** Write all uses that are not written yet. */
  close(): Promise<void>;
}

/** What it takes to record the uses of keys. */
export interface KeyUsesDeps {
  apiKeys: Pick<Collection<ApiKeyDocument>, "bulkWrite">;
  now: () => Date;
  elapsedMs: () => number;
}

/** Records the uses of keys in the keys' documents. */
export function createKeyUses({ apiKeys, now, elapsedMs }: KeyUsesDeps): KeyUses {
  const notedAt = new Map<string, number>();
  const collected = new Map<string, KeyUse>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(uses: [string, KeyUse][]): Promise<void> {
    try {
      await apiKeys.bulkWrite(uses.map(writeOf), { ordered: false });
    } catch {
      // The next use is written instead. Callers that wait for the database report its outage.
      for (const [keyId] of uses) notedAt.delete(keyId);
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const uses = [...collected];
    collected.clear();
    if (uses.length > 0) writing = Promise.all([writing, write(uses)]).then(() => undefined);
    return writing;
  }

  return {
    note(keyId, address) {
      const elapsed = elapsedMs();
      const before = notedAt.get(keyId);
      if (before !== undefined && elapsed - before < NOTED_EVERY_MS) return;
      if (notedAt.size >= MAX_REMEMBERED) notedAt.clear();
      notedAt.set(keyId, elapsed);
      collected.set(keyId, { at: now(), address });
      timer ??= setTimeout(() => void flush(), COLLECTED_MS).unref();
    },
    close: flush,
  };
}

function writeOf([keyId, { at, address }]: [string, KeyUse]) {
  // Another process may have written a later use.
  const filter = { keyId, $nor: [{ lastUsedAt: { $gte: at } }] };
  const from = address === undefined ? {} : { lastUsedFrom: address };
  return { updateOne: { filter, update: { $set: { lastUsedAt: at, ...from } } } };
}
