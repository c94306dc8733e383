import { type CallLogView, isFinalStatus, OPEN_STATUSES } from "@call-log/model";

import type { ListRequest, ReadCalls } from "./call-source.ts";

const SELECT = {
  createdAt: true,
  toNumber: true,
  status: true,
  statusMessage: true,
  callCostInUSDCents: true,
  attempts: true,
} as const;
/** Calls of one question. */
const PAGE = 100;
/** Most calls that are followed at a time. */
const MOST_FOLLOWED = 1000;
const OVERLAP_MS = 5000;

/** Something new in a call: an event of an attempt, or a new status of the call. */
export interface CallChange {
  callLogId: string;
  toNumber: string;
  at: string;
  /** Number of the attempt; absent for the call as a whole. */
  attempt?: number;
  what: string;
  /** Where an event came from, or the reason of a status. */
  detail: string;
}

interface Known {
  status: string;
  /** Number of events already printed, by attempt. */
  printed: readonly number[];
}

/** Gives what is new in a project's calls since it was asked before. Each question is bounded and served by an index. */
export type NextChanges = () => Promise<CallChange[]>;

/** Follows a project's calls: what happens after the promise is fulfilled is new. */
export async function followCalls(read: ReadCalls): Promise<NextChanges> {
  const open = new Map<string, Known>();
  const recent = new Map<string, number>();
  // By the clock of those that write: this machine's may be another.
  let latest = await newestTime(read);

  // Several processes write, so that a call may come in behind one that is a little younger.
  async function fresh(): Promise<CallLogView[]> {
    const from = latest - OVERLAP_MS;
    for (const [id, at] of recent) if (at < from) recent.delete(id);
    const found: CallLogView[] = [];
    for await (const call of createdFrom(read, from)) {
      const at = Date.parse(String(call.createdAt));
      if (!open.has(call._id) && !recent.has(call._id)) found.push(call);
      recent.set(call._id, at);
      latest = Math.max(latest, at);
    }
    return found;
  }

  async function followed(except: readonly CallLogView[]): Promise<CallLogView[]> {
    const seen = new Set(except.map(({ _id }) => _id));
    const ids = [...open.keys()].filter((id) => !seen.has(id)).slice(-MOST_FOLLOWED);
    const pages = await Promise.all(chunks(ids, PAGE).map((some) => read(asked({ _id: some }))));
    return pages.flatMap(({ data }) => data);
  }

  function changesOf(call: CallLogView): CallChange[] {
    const before = open.get(call._id) ?? { status: "", printed: [] };
    if (isFinalStatus(call.status ?? "")) open.delete(call._id);
    else open.set(call._id, knownOf(call));
    return [...eventChanges(call, before), ...statusChange(call, before)];
  }

  // The open calls last: one that begins meanwhile is open then, or new.
  await fresh();
  const { data } = await read(asked({ status: OPEN_STATUSES }));
  for (const call of data) open.set(call._id, knownOf(call));
  return async () => {
    const added = await fresh();
    const calls = [...added, ...(await followed(added))];
    return calls.flatMap(changesOf).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  };
}

/** When the newest call was created, in ms; 0 where there is none. */
async function newestTime(read: ReadCalls): Promise<number> {
  const { data } = await read({ ...asked({}), limit: 1 });
  return data[0] === undefined ? 0 : Date.parse(String(data[0].createdAt));
}

function createdFrom(read: ReadCalls, from: number): AsyncGenerator<CallLogView> {
  return pagesOf(read, { createdAt: { $gte: new Date(from).toISOString() } });
}

async function* pagesOf(read: ReadCalls, query: object): AsyncGenerator<CallLogView> {
  let cursor: string | undefined;
  do {
    const page = await read({ ...asked(query), ...(cursor !== undefined && { cursor }) });
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

function asked(query: object): ListRequest {
  return { select: SELECT, query, limit: PAGE } as ListRequest;
}

function knownOf({ status, attempts }: CallLogView): Known {
  return { status: status ?? "", printed: (attempts ?? []).map(({ events }) => events.length) };
}

function eventChanges(call: CallLogView, before: Known): CallChange[] {
  return (call.attempts ?? []).flatMap(({ number, events }) =>
    events.slice(before.printed[number - 1] ?? 0).map(({ at, source, status, late }) => ({
      ...about(call),
      at: String(at),
      attempt: number,
      what: status,
      detail: late ? `${source}, late` : source,
    })),
  );
}

function statusChange(call: CallLogView, before: Known): CallChange[] {
  const status = call.status ?? "";
  if (status === before.status) return [];
  // After the events that it follows from.
  const times = (call.attempts ?? []).flatMap(({ events }) => events.map(({ at }) => String(at)));
  const at = times.toSorted().at(-1) ?? String(call.createdAt);
  return [{ ...about(call), at, what: status, detail: call.statusMessage ?? "" }];
}

function about({ _id, toNumber }: CallLogView): Pick<CallChange, "callLogId" | "toNumber"> {
  return { callLogId: _id, toNumber: toNumber ?? "-" };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
