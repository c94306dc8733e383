import { createHash } from "node:crypto";

import { type ActName, type ActReport, newAuditLine } from "@call-log/model";
import type { Collection, Document } from "mongodb";
import { v7 } from "uuid";

import type { Collections } from "../collections.ts";
import { type AuditDocument, type AuditedDocument, INSTALLATION } from "./audit-document.ts";
import { type BegunAct, beginAct, fileInterrupted } from "./begun-act.ts";
import { deleteRemoved } from "./delete-after-filing.ts";
import { type Unfiled, fileUnfiled, fileLines } from "./file-acts.ts";

/** The audit trail, as processes write it. Nothing in it can be changed or deleted; `createAuditReader` reads it. */
export interface AuditTrail {
  /**
   * Write the line of an act that changes no document, before the caller gets its answer. Of lines with the same
   * `once`, the first one stays.
   */
  write<A extends ActName>(report: ActReport<A>, options?: { once?: string }): Promise<void>;
  /** Begin a bulk act. If it does not end within `giveUpAfterMs`, its line says that it was interrupted. */
  begin<A extends ActName>(
    report: ActReport<A>,
    options: { giveUpAfterMs: number },
  ): Promise<BegunAct<A>>;
  /** File the lines that crashed processes left; returns how many documents carried lines. */
  fileLeft(): Promise<number>;
  /** The line of an act, to be written together with its change. */
  line: <A extends ActName>(report: ActReport<A>) => AuditDocument;
}

/** Makes the audit lines of changed documents, and files them. */
export interface AuditWriter extends Pick<AuditTrail, "line"> {
  /**
   * File the lines of written documents; false when it failed, and `fileLeft` has to do it. Never rejects: the act is
   * done.
   */
  file<D extends AuditedDocument & { _id: string }>(
    audited: Collection<D>,
    carried: readonly { _id: string; unfiledActs?: readonly AuditDocument[] }[],
  ): Promise<boolean>;
  /** The same for the lines that documents carry now. */
  fileOf<D extends AuditedDocument & { _id: string }>(
    audited: Collection<D>,
    ids: readonly string[],
  ): Promise<boolean>;
}

/** What it takes to keep the trail. */
export interface AuditDeps {
  collections: Collections;
  now: () => Date;
  retentionDays: number;
}

/** Collections whose documents carry lines. */
const AUDITED_COLLECTIONS = [
  "callerIds",
  "projects",
  "apiKeys",
  "providers",
  "processes",
  "doNotCall",
  "callLogs",
  "deadLetters",
  "alertSources",
  "savedViews",
  "callerIds",
  "webhookEndpoints",
] as const;
/** A writer files its own lines; the sweeper leaves it this much time. */
const LEAVE_MS = 10_000;
const BATCH = 1000;
const MS_PER_DAY = 86_400_000;

/** The trail in a MongoDB collection. */
export function createAuditTrail({ collections, now, retentionDays }: AuditDeps): {
  trail: AuditTrail;
  auditWriter: AuditWriter;
} {
  const { auditLog, begunActs } = collections;

  function line(report: ActReport, id: string = v7()): AuditDocument {
    const at = now();
    const expireAt = new Date(at.getTime() + retentionDays * MS_PER_DAY);
    const scopes = scopesOf(report);
    const { address, ...rest } = newAuditLine(report, { id, at });
    const place = scopes.length > 1 ? "operatorAddress" : "address";
    return { ...rest, ...(address !== undefined && { [place]: address }), scopes, expireAt };
  }

  const trail: AuditTrail = {
    line: (report) => line(report),

    async write(report, { once } = {}) {
      await fileLines(auditLog, [line(report, once === undefined ? v7() : idFrom(once))]);
    },

    begin: (report, { giveUpAfterMs }) => {
      const giveUpAt = new Date(now().getTime() + giveUpAfterMs);
      return beginAct({ auditLog, begunActs }, { report, line: line(report), giveUpAt });
    },

    async fileLeft() {
      const before = new Date(now().getTime() - LEAVE_MS);
      let filed = 0;
      for (const name of AUDITED_COLLECTIONS)
        filed += await fileOld(auditLog, collections[name] as unknown as Collection<Left>, before);
      await deleteRemoved(collections.doNotCall, before);
      await deleteRemoved(collections.webhookEndpoints, before);
      await deleteRemoved(collections.alertSources, before);
      await deleteRemoved(collections.savedViews, before);
      return filed + (await fileInterrupted({ auditLog, begunActs }, now()));
    },
  };

  const auditWriter: AuditWriter = {
    line: trail.line,
    async file(audited, carried) {
      return orLeft(() => fileUnfiled(auditLog, audited, carried.map(toUnfiled)));
    },
    async fileOf(audited, ids) {
      const documents = audited as unknown as Collection<Left>;
      return orLeft(async () => {
        const found = await readUnfiled(documents, { _id: { $in: [...ids] } });
        await fileUnfiled(auditLog, documents, found);
      });
    },
  };
  return { trail, auditWriter };
}

// The act is done and carries its line; the sweeper files it, and reports what prevents that.
async function orLeft(file: () => Promise<void>): Promise<boolean> {
  try {
    await file();
    return true;
  } catch {
    return false;
  }
}

function toUnfiled({ _id, unfiledActs = [] }: Partial<Unfiled> & { _id: string }): Unfiled {
  return { _id, unfiledActs };
}

async function readUnfiled(audited: Collection<Left>, filter: Document): Promise<Unfiled[]> {
  const found = await audited
    .find(filter as never, { projection: { unfiledActs: 1 } })
    .limit(BATCH)
    .toArray();
  return found.map(toUnfiled);
}

type Left = AuditedDocument & { _id: string };

async function fileOld(
  auditLog: Collection<AuditDocument>,
  audited: Collection<Left>,
  before: Date,
): Promise<number> {
  const left = { "unfiledActs.createdAt": { $lte: before } };
  let filed = 0;
  for (;;) {
    const carried = await readUnfiled(audited, left);
    await fileUnfiled(auditLog, audited, carried);
    filed += carried.length;
    if (carried.length < BATCH) return filed;
  }
}

function scopesOf({ projectId, acting }: ActReport): string[] {
  if (projectId === undefined) return [INSTALLATION];
  return acting.isOperator === true ? [projectId, INSTALLATION] : [projectId];
}

function idFrom(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
