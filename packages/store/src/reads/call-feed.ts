import { setTimeout as delay } from "node:timers/promises";

import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";

/** Changes since the last check, and how far the check went. Empty when nothing changed. */
export interface FeedBatch {
  /** Ids of calls that are new or changed, each once, at most 500. */
  ids: string[];
  /** Position from which a listener can resume. */
  at: Date;
}

/**
 * Reports new and changed calls of a project. Each change is reported at least once, never before it can be read.
 */
export interface CallFeed {
  /**
   * Listen from now on, or from a time on: a batch about every second, even an empty one, until the signal is aborted. With null, nothing from before the first `next()` is read: for a listener that reads the calls itself after it has joined. Throws an AbortError when the feed is closed, and errors of the database.
   */
  listen(request: {
    projectId: string;
    since?: Date | null | undefined;
    signal?: AbortSignal | undefined;
  }): AsyncGenerator<FeedBatch, void>;
  /** End all listeners. */
  close(): void;
}

/** Settings of a feed. */
export interface CallFeedOptions {
  now: () => Date;
  /** Milliseconds between two checks of the database. @defaultValue 1000 */
  everyMs?: number;
}

/** How far back a check reads: clocks of processes differ, and a write takes a while until it can be read. */
const OVERLAP_MS = 10_000;
/** Calls of one batch. */
const BATCH = 500;
/**
 * A listener that is further behind than this is closed and must reconnect; it then reads what it missed page by page.
 */
const MAX_UNTOLD = 10_000;
const TIME_LIMIT_MS = 5000;

interface Change {
  _id: string;
  updatedAt: Date;
  revision: number;
}

/** A listener. */
interface Listener {
  /** Changes it has not received yet. */
  untold: Set<string>;
  at: Date;
  failure?: { cause: unknown };
  wake: () => void;
}

/** The collection and the limits of a feed. */
interface Source extends Required<CallFeedOptions> {
  callLogs: Collection<CallDocument>;
  closing: AbortSignal;
}

/**
 * A feed over the collection of calls: one check at a time per project and process for all listeners, and none without listeners.
 */
export function createCallFeed(
  callLogs: Collection<CallDocument>,
  { now, everyMs = 1000 }: CallFeedOptions,
): CallFeed {
  const end = new AbortController();
  const source: Source = { callLogs, now, everyMs, closing: end.signal };
  const watched = new Map<string, Set<Listener>>();

  function join(projectId: string, listener: Listener): Set<Listener> {
    const present = watched.get(projectId);
    if (present !== undefined) return present.add(listener);
    const listeners = new Set([listener]);
    watched.set(projectId, listeners);
    void watch(source, projectId, { listeners, onEnd: () => watched.delete(projectId) });
    return listeners;
  }

  return {
    async *listen({ projectId, since = now(), signal }) {
      const listener: Listener = { untold: new Set(), at: since ?? now(), wake: () => undefined };
      const listeners = join(projectId, listener);
      const wake = () => listener.wake();
      signal?.addEventListener("abort", wake);
      try {
        const missed = since === null ? [] : pages(callLogs, projectId, since);
        for await (const page of missed) {
          if (signal?.aborted === true) return;
          yield { ids: page.map(({ _id }) => _id), at: page.at(-1)!.updatedAt };
        }
        for (;;) {
          await woken(listener, signal);
          if (signal?.aborted === true) return;
          if (listener.failure !== undefined) throw listener.failure.cause;
          yield* batches(listener);
        }
      } finally {
        signal?.removeEventListener("abort", wake);
        listeners.delete(listener);
      }
    },
    close: () => end.abort(),
  };
}

/**
 * Check repeatedly while there are listeners. Never rejects: listeners get the error, and may reconnect.
 */
async function watch(
  { callLogs, now, everyMs, closing }: Source,
  projectId: string,
  { listeners, onEnd }: { listeners: Set<Listener>; onEnd: () => void },
): Promise<void> {
  const told = new Map<string, Change>();
  let seen = now();
  try {
    while (listeners.size > 0) {
      await delay(everyMs, undefined, { signal: closing });
      const latest = now();
      for await (const page of pages(callLogs, projectId, seen)) {
        const fresh = page.filter(({ _id, revision }) => told.get(_id)?.revision !== revision);
        for (const change of fresh) told.set(change._id, change);
        // A clock that is ahead must not skip changes of other processes.
        const end = page.at(-1)!.updatedAt;
        seen = end < latest ? later(seen, end) : latest;
        for (const listener of listeners) tell(listener, fresh, seen);
      }
      forget(told, seen);
      for (const { wake } of listeners) wake();
    }
  } catch (cause) {
    for (const listener of listeners) fail(listener, cause);
  } finally {
    onEnd();
  }
}

function woken(listener: Listener, signal: AbortSignal | undefined): Promise<void> | undefined {
  if (listener.failure !== undefined || signal?.aborted === true) return undefined;
  return new Promise((resolve) => {
    listener.wake = resolve;
  });
}

function tell(listener: Listener, changes: readonly Change[], at: Date): void {
  for (const { _id } of changes) listener.untold.add(_id);
  listener.at = later(listener.at, at);
  if (listener.untold.size > MAX_UNTOLD)
    fail(listener, new DOMException("the listener is too far behind", "AbortError"));
}

function fail(listener: Listener, cause: unknown): void {
  listener.failure = { cause };
  listener.wake();
}

function forget(told: Map<string, Change>, seen: Date): void {
  for (const [id, { updatedAt }] of told)
    if (updatedAt.getTime() < seen.getTime() - OVERLAP_MS) told.delete(id);
}

function* batches({ untold, at }: Listener): Generator<FeedBatch, void> {
  do {
    const ids = [...untold].slice(0, BATCH);
    for (const id of ids) untold.delete(id);
    yield { ids, at };
  } while (untold.size > 0);
}

/** Changes since shortly before a time, in order, a page at a time. */
async function* pages(
  callLogs: Collection<CallDocument>,
  projectId: string,
  since: Date,
): AsyncGenerator<Change[], void> {
  let position = { updatedAt: new Date(since.getTime() - OVERLAP_MS), _id: "" };
  for (;;) {
    const { updatedAt, _id } = position;
    const after = { $or: [{ updatedAt: { $gt: updatedAt } }, { updatedAt, _id: { $gt: _id } }] };
    const page = await callLogs
      .find({ projectId, updatedAt: { $gte: updatedAt }, ...after }, { maxTimeMS: TIME_LIMIT_MS })
      .project<Change>({ updatedAt: 1, revision: 1 })
      .sort({ updatedAt: 1, _id: 1 })
      .limit(BATCH)
      .toArray();
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < BATCH) return;
    position = last;
  }
}

function later(a: Date, b: Date): Date {
  return a < b ? b : a;
}
