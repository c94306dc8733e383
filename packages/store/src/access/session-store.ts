import { createHash, randomBytes } from "node:crypto";

import type { Collection } from "mongodb";

import { shortCache } from "../batching/short-cache.ts";
import type { SessionDocument, SessionHolder } from "./access-documents.ts";

/** Longest life of a session, in seconds; both limits are checked at every read. */
export interface SessionLife {
  /** Since it was begun. */
  seconds: number;
  /** Since its last request. */
  idleSeconds: number;
}

/** What a session is begun with. */
export interface NewSession {
  holder: SessionHolder;
  /** The project selected at first; absent for the installation, and for the session of a key. */
  projectId?: string | undefined;
  /** Seconds until it ends at the latest. */
  seconds: number;
  address?: string | undefined;
  userAgent?: string | undefined;
}

/** An open session as lists show it, without its secret. */
export type Session = Omit<SessionDocument, "_id" | "holderId"> & { id: string };

/** How long a looked-up session is cached, in milliseconds: its end holds on every node within that time. */
const LOOK_UP_HOLDS_MS = 500;
/** Most sessions in the cache. */
const MAX_REMEMBERED = 10_000;
/** Shortest time between two writes of a session's last use, in milliseconds. */
const SEEN_EVERY_MS = 60_000;
/** Sessions of one key or person; one more ends the oldest. */
const MAX_PER_HOLDER = 200;
const MAX_USER_AGENT = 300;

/**
 * The sessions of the dashboard. Only hashes of the cookies are stored. An end holds at once where it is made, within
 * half a second on other nodes.
 */
export interface SessionStore {
  /** Begin a session. Its cookie is returned only here. */
  begin(session: NewSession): Promise<{ token: string; session: Session }>;
  /** The session of a cookie, or undefined when it is unknown or has ended. Notes the use. */
  find(token: string, life: SessionLife): Promise<Session | undefined>;
  /** Select the project of a session, null for the installation; false when the session has ended. */
  choose(id: string, projectId: string | null): Promise<boolean>;
  /** The sessions of a key or person, or all, that have not reached their end; newest first. */
  list(holder?: SessionHolder): Promise<Session[]>;
  /** End one session, of this key or person when one is given; false when there is none. */
  end(id: string, holder?: SessionHolder): Promise<boolean>;
  /** End the session of a cookie; false when there is none. */
  endToken(token: string): Promise<boolean>;
  /** End all sessions of a key or person, or of all; how many. */
  endAll(options?: { holder?: SessionHolder; exceptId?: string | undefined }): Promise<number>;
}

/** The sessions in a MongoDB collection. */
export function createSessionStore(deps: {
  sessions: Collection<SessionDocument>;
  now: () => Date;
  elapsedMs: () => number;
}): SessionStore {
  const { sessions, now, elapsedMs } = deps;
  const cache = shortCache<SessionDocument>({
    validMs: LOOK_UP_HOLDS_MS,
    maxEntries: MAX_REMEMBERED,
    elapsedMs,
  });

  async function endMatching(filter: { _id: string; holderId?: string }): Promise<boolean> {
    const { deletedCount } = await sessions.deleteOne(filter);
    cache.clear();
    return deletedCount > 0;
  }

  return {
    async begin(session) {
      const token = randomBytes(32).toString("base64url");
      const document = newDocument(session, { token, at: now() });
      await sessions.insertOne(document);
      if (await endOldest(sessions, document.holderId)) cache.clear();
      return { token, session: shown(document) };
    },

    async find(token, life) {
      const _id = hashOf(token);
      const found = await cache.get(_id, () => sessions.findOne({ _id }));
      if (found === null || !isAlive(found, life, now())) return undefined;
      await noteSeen(sessions, found, { at: now(), idleSeconds: life.idleSeconds });
      return shown(found);
    },

    async choose(id, projectId) {
      const change =
        projectId === null ? { $unset: { projectId: "" as const } } : { $set: { projectId } };
      const { matchedCount } = await sessions.updateOne({ _id: id }, change);
      cache.clear();
      return matchedCount > 0;
    },

    async list(holder) {
      const ofHolder = holder === undefined ? {} : { holderId: holderIdOf(holder) };
      const found = await sessions
        .find({ ...ofHolder, endsAt: { $gt: now() } })
        .sort({ createdAt: -1, _id: -1 })
        .toArray();
      return found.map(shown);
    },

    end: (id, holder) =>
      endMatching({ _id: id, ...(holder !== undefined && { holderId: holderIdOf(holder) }) }),

    endToken: (token) => endMatching({ _id: hashOf(token) }),

    async endAll({ holder, exceptId } = {}) {
      const { deletedCount } = await sessions.deleteMany({
        ...(holder !== undefined && { holderId: holderIdOf(holder) }),
        ...(exceptId !== undefined && { _id: { $ne: exceptId } }),
      });
      cache.clear();
      return deletedCount;
    },
  };
}

// Only what is there is written to, so that a session that was ended meanwhile stays so.
async function noteSeen(
  sessions: Collection<SessionDocument>,
  { _id, lastSeenAt }: SessionDocument,
  { at, idleSeconds }: { at: Date; idleSeconds: number },
): Promise<void> {
  const before = new Date(at.getTime() - Math.min(SEEN_EVERY_MS, (idleSeconds * 1000) / 4));
  if (lastSeenAt > before) return;
  const unseen = { _id, lastSeenAt: { $lte: before } };
  await sessions.updateOne(unseen, { $set: { lastSeenAt: at } });
}

async function endOldest(
  sessions: Collection<SessionDocument>,
  holderId: string,
): Promise<boolean> {
  const newestFirst = sessions.find({ holderId }).sort({ createdAt: -1, _id: -1 });
  const tooMany = await newestFirst.skip(MAX_PER_HOLDER).project({ _id: 1 }).toArray();
  if (tooMany.length === 0) return false;
  await sessions.deleteMany({ _id: { $in: tooMany.map(({ _id }) => String(_id)) } });
  return true;
}

function newDocument(
  { holder, projectId, seconds, address, userAgent }: NewSession,
  { token, at }: { token: string; at: Date },
): SessionDocument {
  return {
    _id: hashOf(token),
    holder,
    holderId: holderIdOf(holder),
    ...(projectId !== undefined && { projectId }),
    createdAt: at,
    lastSeenAt: at,
    endsAt: new Date(at.getTime() + seconds * 1000),
    ...(address !== undefined && { address }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, MAX_USER_AGENT) }),
  };
}

/** True for an open session, at this time and by the present settings. */
export function isAlive(
  { createdAt, lastSeenAt, endsAt }: Pick<SessionDocument, "createdAt" | "lastSeenAt" | "endsAt">,
  { seconds, idleSeconds }: SessionLife,
  now: Date,
): boolean {
  const isWithin = (since: Date, limit: number) => now.getTime() - since.getTime() < limit * 1000;
  return endsAt > now && isWithin(createdAt, seconds) && isWithin(lastSeenAt, idleSeconds);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// A subject is unique only within its issuer.
function holderIdOf(holder: SessionHolder): string {
  if (holder.kind === "key") return `key:${holder.keyId}`;
  return `person:${hashOf(JSON.stringify([holder.issuer, holder.subject]))}`;
}

function shown({ _id, holderId: _holderId, ...session }: SessionDocument): Session {
  return { id: _id, ...session };
}
