import type { Acting, ActReport, DeadLetter, DeadLetterListQuery } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import { INSTALLATION } from "../audit/audit-document.ts";
import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { isDuplicateKey } from "../database-error.ts";
import { afterPosition, type CursorList, decodeCursor, encodeCursor } from "../queries/cursor.ts";
import type {
  DeadLetterDocument,
  DeadLetterScope,
  KeptDeadLetter,
} from "./dead-letter-document.ts";

/** A newly refused request. */
export type NewDeadLetter = Omit<
  KeptDeadLetter,
  "createdAt" | "state" | "hasPayload" | "callLogId" | "settledAt" | "expireAt"
>;

/** How a dead letter is settled. */
export type Settlement = { state: "replayed"; callLogId: string } | { state: "dropped" };

/** One page of dead letters. */
export interface DeadLetterPage {
  data: DeadLetter[];
  /** How many match in all pages. */
  count: number;
  skip: number;
  limit: number;
  /** Cursor of the next page; absent on the last one. */
  nextCursor?: string;
}

/** How many refused requests are open, and the oldest of them. */
export interface DeadLetterHealth {
  open: number;
  oldest: { _id: string; createdAt: Date } | null;
}

/** Call requests from the queue that were refused. */
export interface DeadLetterStore {
  /** Keep a refused request with majority write concern; repeating it for a job changes nothing. */
  keep(letter: NewDeadLetter): Promise<void>;
  /** A letter with the job's data; undefined when the scope has no such letter. */
  find(scope: DeadLetterScope, id: string): Promise<KeptDeadLetter | undefined>;
  list(scope: DeadLetterScope, input: DeadLetterListQuery): Promise<DeadLetterPage>;
  /** Settle an open letter, with its audit line; returns the letter, which somebody else may have settled before. */
  settle(id: string, settlement: Settlement, by: SettledBy): Promise<DeadLetter | undefined>;
  /** Of one scope; without it, of the installation with all its projects. */
  health(scope?: DeadLetterScope): Promise<DeadLetterHealth>;
}

/** Who settles a letter, and whose audit trail has it. */
export interface SettledBy {
  acting: Acting;
  projectId?: string | undefined;
}

/** Longest time that the database may spend on one query, in milliseconds. */
const options = { maxTimeMS: 5000 };
const MS_PER_DAY = 86_400_000;
const SORT = [
  { path: "createdAt", direction: -1 },
  { path: "_id", direction: -1 },
] as const;

/** The dead letters in a MongoDB collection. */
export function createDeadLetterStore(deps: {
  deadLetters: Collection<DeadLetterDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
  retentionDays: number;
}): DeadLetterStore {
  const { deadLetters, auditWriter, now, retentionDays } = deps;
  return {
    async keep({ _id, ...letter }) {
      const createdAt = now();
      const expireAt = new Date(createdAt.getTime() + retentionDays * MS_PER_DAY);
      const scope = letter.projectId ?? INSTALLATION;
      const hasPayload = letter.payload !== undefined;
      const kept = { ...letter, scope, hasPayload, createdAt, expireAt, state: "open" } as const;
      try {
        await deadLetters.updateOne({ _id }, { $setOnInsert: kept }, { upsert: true });
      } catch (error) {
        // Two upserts of one job at a time: the other one has kept it.
        if (!isDuplicateKey(error)) throw error;
      }
    },

    async find(scope, id) {
      const found = await deadLetters.findOne({ _id: id, scope: scope ?? INSTALLATION });
      if (found === null) return undefined;
      return {
        ...shown(found),
        jobId: found.jobId,
        ...(found.payload && { payload: found.payload }),
      };
    },

    list: (scope, input) => listPage(deadLetters, scope, input),

    async settle(id, settlement, { acting, projectId }) {
      const changed = await changeAudited(
        { collection: deadLetters, auditWriter },
        { _id: id },
        (letter) =>
          letter.state === "open"
            ? {
                update: {
                  $set: { ...settlement, hasPayload: false, settledAt: now() },
                  $unset: { payload: "" as const },
                },
                report: reportOf(id, settlement, {
                  acting,
                  projectId: projectId ?? letter.projectId,
                }),
              }
            : undefined,
      );
      return changed && shown(changed.after);
    },

    health: (scope) => readHealth(deadLetters, scope),
  };
}

async function readHealth(
  deadLetters: Collection<DeadLetterDocument>,
  scope: DeadLetterScope | undefined,
): Promise<DeadLetterHealth> {
  const within = scope === undefined ? {} : { scope: scope ?? INSTALLATION };
  const open = { ...within, state: "open" } as const;
  const [count, oldest] = await Promise.all([
    deadLetters.countDocuments(open, options),
    deadLetters.findOne(open, {
      ...options,
      sort: { createdAt: 1 },
      projection: { createdAt: 1 },
    }),
  ]);
  return { open: count, oldest: oldest && { _id: oldest._id, createdAt: oldest.createdAt } };
}

async function listPage(
  deadLetters: Collection<DeadLetterDocument>,
  scope: DeadLetterScope,
  { state, skip, limit, cursor }: DeadLetterListQuery,
): Promise<DeadLetterPage> {
  const matching = { scope: scope ?? INSTALLATION, ...(state !== "all" && { state }) };
  const asked = { kind: "leaf", path: "state", test: { kind: "is", value: state } } as const;
  const list: CursorList = { projectId: matching.scope, query: asked, sort: SORT };
  const after = cursor === undefined ? [] : [afterPosition(decodeCursor(cursor, list), SORT)];
  const [found, count] = await Promise.all([
    deadLetters
      .find({ $and: [matching, ...after] } as Document, { ...options, projection: { payload: 0 } })
      .sort({ createdAt: -1, _id: -1 })
      .skip(skip)
      .limit(limit + 1)
      .toArray(),
    deadLetters.countDocuments(matching, options),
  ]);
  const data = found.slice(0, limit).map(shown);
  const last = data.at(-1);
  const page = { data, count, skip, limit };
  if (found.length <= limit || last === undefined) return page;
  const { createdAt, _id } = last;
  return { ...page, nextCursor: encodeCursor({ createdAt, _id }, list) };
}

function reportOf(id: string, settlement: Settlement, { acting, projectId }: SettledBy): ActReport {
  const changes = [{ field: "state", from: "open", to: settlement.state }];
  const about = { acting, projectId, target: id, changes };
  if (settlement.state === "dropped") return { ...about, act: "dead-letter.drop" };
  return { ...about, act: "dead-letter.replay", facts: { callLogId: settlement.callLogId } };
}

function shown(document: DeadLetterDocument): DeadLetter {
  const {
    scope: _scope,
    payload: _payload,
    unfiledActs: _acts,
    actCount: _count,
    ...letter
  } = document;
  return letter;
}
