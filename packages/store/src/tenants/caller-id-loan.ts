import { type Acting, CallLogError, type CallerId, EVERY_PROJECT } from "@call-log/model";
import type { Collection } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { asCallerId } from "./caller-id-claim.ts";
import type { CallerIdDocument } from "./tenant-documents.ts";

/** Where loans are kept. */
export interface LoanDeps {
  callerIds: Collection<CallerIdDocument>;
  auditWriter: AuditWriter;
}

/** Who lends which number (E.164) to whom, or takes it back. */
export interface LoanChange {
  act: "number.lend" | "number.take-back";
  number: string;
  /** Id of a project, or `all`; absent to take it back from everybody. */
  borrower: string | undefined;
  acting: Acting;
}

/** Lend a number or take it back, with the line of the act in the same write; the number after it. */
export async function changeLoan(
  { callerIds: collection, auditWriter }: LoanDeps,
  { act, number: _id, borrower, acting }: LoanChange,
): Promise<CallerId> {
  for (;;) {
    const changed = await changeAudited({ collection, auditWriter }, { _id }, ({ lentTo }) => {
      const after = LOANS[act](lentTo, borrower);
      if (lentTo !== undefined && lentTo.join() === after.join()) return undefined;
      const changes = [{ field: "projects", ...(lentTo && { from: lentTo }), to: after }];
      const facts = borrower === undefined ? {} : { projectId: borrower };
      const report = { act, acting, target: _id, changes, facts };
      return { update: { $set: { lentTo: after } }, report };
    });
    if (changed !== undefined) return asCallerId(changed.after);
    await collection.updateOne({ _id }, { $setOnInsert: { actCount: 0 } }, { upsert: true });
  }
}

type Borrowers = readonly string[] | undefined;

const LOANS: Record<
  LoanChange["act"],
  (before: Borrowers, borrower: string | undefined) => string[]
> = {
  "number.lend": (before = [], borrower = EVERY_PROJECT) => [...new Set([...before, borrower])],
  "number.take-back": (before, borrower) => {
    if (borrower === undefined) return [];
    const isLentToAll = before === undefined || before.includes(EVERY_PROJECT);
    if (borrower !== EVERY_PROJECT && isLentToAll)
      throw new CallLogError(
        "BAD_REQUEST",
        "project: the number is lent to all; take it back from all, then lend it to those that may use it",
      );
    return (before ?? []).filter((one) => one !== borrower);
  },
};
