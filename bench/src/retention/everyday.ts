import { attemptIdOf, type CallRecord, listInput } from "@call-log/model";
import { type Store } from "@call-log/store";
import { v7 } from "uuid";

import { benchClaim } from "../bench-claim.ts";
import { CORPUS_PROJECT_ID, CORPUS_STATUSES, corpusCall } from "../reads/corpus.ts";
import { ITEM_PROPERTIES, LIST_PROPERTIES, PAGE_SIZE } from "../reads/workload.ts";
import { LIVING } from "./expiring-log.ts";

/** What a project does every day, each as one request to the store. */
export type Everyday = Readonly<Record<string, (turn: number) => Promise<unknown>>>;

/** The requests of the living project. */
export function everydayOf(store: Store): Everyday {
  const reader = store.createReader();
  const projectId = CORPUS_PROJECT_ID;
  const limit = PAGE_SIZE;
  const all = listInput.parse({ select: selected(LIST_PROPERTIES), limit });
  const { select } = listInput.parse({ select: selected(ITEM_PROPERTIES) });
  const byStatus = CORPUS_STATUSES.map((status) =>
    listInput.parse({ select: selected(LIST_PROPERTIES), limit, query: { status } }),
  );
  let inserted: CallRecord;
  return {
    "list of all, with its count": () => reader.list({ projectId, input: all }),
    "list by status, with its count": (turn) =>
      reader.list({ projectId, input: byStatus[turn % byStatus.length]! }),
    "get-item": (turn) =>
      reader.item({ projectId, id: corpusCall((turn * 7919) % LIVING, LIVING)._id, select }),
    "a call is inserted": async () => {
      inserted = newCall();
      await store.calls.insert(inserted);
    },
    "its attempt is claimed": () => claim(store, inserted),
  };
}

function selected(names: readonly string[]): Record<string, true> {
  return Object.fromEntries(names.map((name) => [name, true]));
}

// The newest of a corpus is open; it comes once more, now.
function newCall(): CallRecord {
  const now = new Date();
  const _id = v7();
  const open = corpusCall(LIVING - 1, LIVING);
  const attempt = { ...open.attempts[0]!, _id: attemptIdOf(_id, 1), dueAt: now };
  return { ...open, _id, createdAt: now, updatedAt: now, attempts: [attempt] };
}

async function claim(store: Store, call: CallRecord): Promise<void> {
  const claimed = await store.calls.claim(benchClaim(call));
  if (claimed === undefined) throw new Error(`call log ${call._id} was not to be claimed`);
}
