import {
  type ActName,
  type ActReport,
  type Fact,
  type FactName,
  newAuditLine,
} from "@call-log/model";
import type { Collection } from "mongodb";

import type { AuditDocument, BegunActDocument } from "./audit-document.ts";
import { fileLines } from "./file-acts.ts";

/** A bulk act in progress. */
export interface BegunAct<A extends ActName> {
  /** File the line with the result of the act. */
  complete(facts: Partial<Record<FactName<A>, Fact | undefined>>): Promise<void>;
  /** Nothing was done, so there is no line. */
  discard(): Promise<void>;
}

interface AuditCollections {
  auditLog: Collection<AuditDocument>;
  begunActs: Collection<BegunActDocument>;
}

/** Most interrupted acts filed in one round. */
const BATCH = 100;

/** Record that an act begins; its line is filed at its end, or when its process counts as dead. */
export async function beginAct<A extends ActName>(
  { auditLog, begunActs }: AuditCollections,
  begun: { report: ActReport<A>; line: AuditDocument; giveUpAt: Date },
): Promise<BegunAct<A>> {
  const { report, line, giveUpAt } = begun;
  await begunActs.insertOne({
    _id: line._id,
    line: { ...line, result: "interrupted" },
    giveUpAt,
  });
  return {
    async complete(facts) {
      const all = { ...report, facts: { ...report.facts, ...facts } } as ActReport;
      const { _id: id, createdAt: at } = line;
      const { facts: allowed, changes } = newAuditLine(all, { id, at });
      await fileLines(auditLog, [{ ...line, changes, ...(allowed && { facts: allowed }) }]);
      await begunActs.deleteOne({ _id: id });
    },
    async discard() {
      await begunActs.deleteOne({ _id: line._id });
    },
  };
}

/** File the acts of dead processes; a line that was filed before the process died stays. */
export async function fileInterrupted(
  { auditLog, begunActs }: AuditCollections,
  now: Date,
): Promise<number> {
  const found = await begunActs
    .find({ giveUpAt: { $lte: now } })
    .limit(BATCH)
    .toArray();
  await fileLines(
    auditLog,
    found.map(({ line }) => line),
  );
  const ids = found.map(({ _id }) => _id);
  if (ids.length > 0) await begunActs.deleteMany({ _id: { $in: ids } });
  return found.length;
}
