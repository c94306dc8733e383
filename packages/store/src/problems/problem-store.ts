import type { Problem, ProblemState, ProblemStep } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { SettingDocument } from "../installation/installation-documents.ts";
import type { ProblemChannel, ProblemDocument, ProblemEventDocument } from "./problem-documents.ts";

/** A problem that began or ended. */
export interface ProblemEvent extends Problem {
  /** Stable id of the event; the same when it is sent again. */
  eventId: string;
  kind: "began" | "ended";
  at: Date;
}

/** A state as it was read, with what its next change depends on. */
export interface KeptState extends ProblemState {
  revision: number;
}

/** An event that this process may deliver now. */
export interface DueEvent extends ProblemEvent {
  /** How often it has been tried, this try included. */
  tries: number;
}

/** Known problems, with their begin and end. */
export interface ProblemStore {
  /** One process may check every so many seconds: true for that process. */
  takeTurn(everySeconds: number): Promise<boolean>;
  /** All states kept between two checks. */
  states(): Promise<KeptState[]>;
  /**
   * Store the next state of a problem; returns the event if the problem begins or ends by it, once for all processes.
   */
  step(before: KeptState | undefined, next: ProblemStep): Promise<ProblemEvent | undefined>;
  /**
   * Problems that have begun and not ended, the longest first: of a project, of the installation's own (null), or all.
   */
  current(projectId?: string | null): Promise<Problem[]>;
  /** The latest beginnings and ends, newest first. */
  events(limit: number): Promise<ProblemEvent[]>;
  /** The next event that is due on a channel, taken for `leaseSeconds`: nobody else tries it until then. */
  takeDue(channel: ProblemChannel, leaseSeconds: number): Promise<DueEvent | undefined>;
  /** Whether a call was placed for an event since then. */
  placedSince(since: Date): Promise<boolean>;
  /** Note how a try went: it is over, or tried again at a time. */
  noteTry(
    channel: ProblemChannel,
    eventId: string,
    end: { result: string } | { nextAt: Date },
  ): Promise<void>;
}

/** The document by which processes take turns. */
const TURN_ID = "healthTurn";
const KEPT_MS = 90 * 86_400_000;
/** An event that was not tried for this long is not sent: a channel set up later gets no old events. */
const FRESH_MS = 3_600_000;

/** The problems in MongoDB collections. */
export function createProblemStore(deps: {
  problems: Collection<ProblemDocument>;
  problemEvents: Collection<ProblemEventDocument>;
  settings: Collection<SettingDocument>;
  now: () => Date;
}): ProblemStore {
  const { problems, problemEvents, settings, now } = deps;
  return {
    takeTurn: (everySeconds) => takeTurn(settings, now(), everySeconds),

    states: async () => (await problems.find().toArray()).map(stateOf),

    async step(before, { state, event }) {
      const about = state ?? before;
      // The event first: after a crash in between, the next look writes it again under the same id.
      const written =
        event === undefined || about === undefined
          ? undefined
          : await writeEvent(problemEvents, about, { kind: event, at: now() });
      await writeState(problems, before, state);
      return written;
    },

    async current(projectId) {
      const scope: Filter<ProblemDocument> =
        projectId === undefined
          ? {}
          : { projectId: projectId === null ? { $exists: false } : projectId };
      const found = await problems
        .find({ ...scope, state: "open" })
        .sort({ since: 1, _id: 1 })
        .toArray();
      return found.map(problemOf);
    },

    async events(limit) {
      const found = await problemEvents.find().sort({ at: -1, _id: 1 }).limit(limit).toArray();
      return found.map(eventOf);
    },

    takeDue: (channel, leaseSeconds) =>
      takeDue(problemEvents, channel, { at: now(), leaseSeconds }),

    async placedSince(since) {
      const placed = { "call.result": "placed", at: { $gte: since } };
      return (await problemEvents.findOne(placed, { projection: { _id: 1 } })) !== null;
    },

    async noteTry(channel, eventId, end) {
      const isOver = "result" in end;
      await problemEvents.updateOne(
        { _id: eventId },
        isOver
          ? { $set: { [`${channel}.result`]: end.result }, $unset: { [`${channel}.nextAt`]: "" } }
          : { $set: { [`${channel}.nextAt`]: end.nextAt } },
      );
    },
  };
}

async function takeTurn(
  settings: Collection<SettingDocument>,
  at: Date,
  everySeconds: number,
): Promise<boolean> {
  const before = new Date(at.getTime() - everySeconds * 1000);
  try {
    const { modifiedCount, upsertedCount } = await settings.updateOne(
      { _id: TURN_ID, value: { $lte: before.toISOString() } },
      { $set: { value: at.toISOString() } },
      { upsert: true },
    );
    return modifiedCount + upsertedCount > 0;
  } catch (error) {
    // Somebody else has it.
    if (!isDuplicateKey(error)) throw error;
    return false;
  }
}

async function writeState(
  problems: Collection<ProblemDocument>,
  before: KeptState | undefined,
  state: ProblemState | undefined,
): Promise<void> {
  if (before === undefined) {
    if (state === undefined) return;
    try {
      await problems.insertOne({ ...documentOf(state), revision: 0 });
    } catch (error) {
      // Another process saw it at the same time.
      if (!isDuplicateKey(error)) throw error;
    }
    return;
  }
  const { key: _id, revision } = before;
  if (state === undefined) await problems.deleteOne({ _id, revision });
  else if (!isSame(before, state))
    await problems.replaceOne({ _id, revision }, { ...documentOf(state), revision: revision + 1 });
}

async function writeEvent(
  problemEvents: Collection<ProblemEventDocument>,
  { problemId, rule, projectId, subject, text, since }: ProblemState,
  { kind, at }: { kind: "began" | "ended"; at: Date },
): Promise<ProblemEvent | undefined> {
  const expireAt = new Date(at.getTime() + KEPT_MS);
  const about = { problemId, rule, text, since, kind, at, expireAt };
  const event: ProblemEventDocument = {
    _id: `${problemId}-${kind}`,
    ...about,
    ...(projectId !== undefined && { projectId }),
    ...(subject !== undefined && { subject }),
  };
  try {
    await problemEvents.insertOne(event);
    return eventOf(event);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return undefined;
  }
}

async function takeDue(
  problemEvents: Collection<ProblemEventDocument>,
  channel: ProblemChannel,
  { at, leaseSeconds }: { at: Date; leaseSeconds: number },
): Promise<DueEvent | undefined> {
  const fresh = new Date(at.getTime() - FRESH_MS);
  const untried = { [`${channel}.tries`]: { $exists: false }, at: { $gte: fresh } };
  const again = { [`${channel}.nextAt`]: { $lte: at } };
  const due = { $or: [untried, again] } as Filter<ProblemEventDocument>;
  for (;;) {
    const [next] = await problemEvents.find(due).sort({ at: 1 }).limit(1).toArray();
    if (next === undefined) return undefined;
    const taken = await problemEvents.findOneAndUpdate(
      { $and: [{ _id: next._id }, due] },
      {
        $inc: { [`${channel}.tries`]: 1 },
        $set: { [`${channel}.nextAt`]: new Date(at.getTime() + leaseSeconds * 1000) },
      } as never,
      { returnDocument: "after" },
    );
    // Another process was faster; there may be more.
    if (taken !== null) return { ...eventOf(taken), tries: taken[channel]?.tries ?? 1 };
  }
}

function isSame(before: KeptState, next: ProblemState): boolean {
  return (
    before.text === next.text &&
    before.state === next.state &&
    before.goneSince?.getTime() === next.goneSince?.getTime()
  );
}

function documentOf({ key: _id, ...state }: ProblemState): Omit<ProblemDocument, "revision"> {
  const { revision: _revision, ...rest } = { revision: 0, ...state };
  return { _id, ...rest };
}

function stateOf({ _id: key, ...document }: ProblemDocument): KeptState {
  return { key, ...document };
}

function problemOf({ problemId: id, rule, projectId, subject, text, since }: ProblemDocument) {
  return { id, rule, projectId, subject, text, since };
}

function eventOf(event: ProblemEventDocument): ProblemEvent {
  const { _id: eventId, problemId: id, kind, at, rule, projectId, subject, text, since } = event;
  return { eventId, kind, at, id, rule, projectId, subject, text, since };
}
