import { createHash } from "node:crypto";

import { type ActName, type ActReport, newAuditLine } from "@call-log/model";
import type { Collection } from "mongodb";
import { v7 } from "uuid";

import type { Collections } from "../collections.ts";
import { type AuditDocument, type Carrier, INSTALLATION } from "./audit-document.ts";
import { type BegunAct, beginAct, fileInterrupted } from "./begun-act.ts";
import { type Carried, fileCarried, fileLines } from "./file-acts.ts";
import { deleteRemoved } from "./removed.ts";

/** The audit trail, as processes write it. Nothing in it can be changed or deleted; `createAuditReader` reads it. */
export interface AuditTrail {
  /** Write the line of an act that changes no document, before its answer leaves. Of lines with the same `once` the first one stays. */
  write<A extends ActName>(report: ActReport<A>, options?: { once?: string }): Promise<void>;
  /** Begin an act on many documents. Without its end within `giveUpAfterMs`, the line says that it was interrupted. */
  begin<A extends ActName>(
    report: ActReport<A>,
    options: { giveUpAfterMs: number },
  ): Promise<BegunAct<A>>;
  /** File what crashed processes left; how many documents carried something. */
  fileLeft(): Promise<number>;
}

/** Makes lines for the documents that acts change, and files them. */
export interface AuditPen {
  /** The line of an act, to be written with it. */
  line<A extends ActName>(report: ActReport<A>): AuditDocument;
  /** File the lines that documents were written with. Never rejects: what is not filed now, `fileLeft` files. */
  file<D extends Carrier & { _id: string }>(
    carriers: Collection<D>,
    carried: readonly { _id: string; unfiledActs?: readonly AuditDocument[] }[],
  ): Promise<void>;
}

/** What the trail is kept in and by. */
export interface AuditDeps {
  collections: Collections;
  now: () => Date;
  retentionDays: number;
}

/** Collections whose documents carry lines. */
const CARRIERS = [
  "projects",
  "apiKeys",
  "providers",
  "doNotCall",
  "callLogs",
  "callerIds",
] as const;
/** Who has just written a line is about to file it, and is left to it for this time. */
const LEAVE_MS = 10_000;
const BATCH = 100;
const MS_PER_DAY = 86_400_000;

/** The trail in a MongoDB collection. */
export function createAuditTrail({ collections, now, retentionDays }: AuditDeps): {
  trail: AuditTrail;
  pen: AuditPen;
} {
  const { auditLog, begunActs } = collections;

  function line(report: ActReport, id: string = v7()): AuditDocument {
    const at = now();
    return {
      ...newAuditLine(report, { id, at }),
      scope: report.projectId ?? INSTALLATION,
      expireAt: new Date(at.getTime() + retentionDays * MS_PER_DAY),
    };
  }

  const trail: AuditTrail = {
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
      for (const name of CARRIERS)
        filed += await fileOld(auditLog, collections[name] as unknown as Collection<Left>, before);
      await deleteRemoved(collections.doNotCall, before);
      return filed + (await fileInterrupted({ auditLog, begunActs }, now()));
    },
  };

  const pen: AuditPen = {
    line: (report) => line(report),
    async file(carriers, carried) {
      const loaded = carried.map(({ _id, unfiledActs = [] }): Carried => ({ _id, unfiledActs }));
      // The act is done and carries its line; the sweeper's round files it, and tells what is in the way.
      await fileCarried(auditLog, carriers, loaded).catch(() => undefined);
    },
  };
  return { trail, pen };
}

type Left = Carrier & { _id: string };

async function fileOld(
  auditLog: Collection<AuditDocument>,
  carriers: Collection<Left>,
  before: Date,
): Promise<number> {
  const left = { "unfiledActs.createdAt": { $lte: before } };
  let filed = 0;
  for (;;) {
    const found = await carriers
      .find(left as never, { projection: { unfiledActs: 1 } })
      .limit(BATCH)
      .toArray();
    const carried = found.map(({ _id, unfiledActs = [] }): Carried => ({ _id, unfiledActs }));
    await fileCarried(auditLog, carriers, carried);
    filed += carried.length;
    if (carried.length < BATCH) return filed;
  }
}

function idFrom(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
