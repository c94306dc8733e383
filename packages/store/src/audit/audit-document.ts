import type { AuditRecord } from "@call-log/model";

/** A line of the audit trail as its document holds it. */
export type AuditDocument = AuditRecord;

/** Scope of the lines that belong to no project. */
export const INSTALLATION = "installation";

/** A document that carries the lines of what was done to it, until they are filed; the same write did both. */
export interface AuditedDocument {
  unfiledActs?: AuditDocument[];
}

/** A carrier whose every change is conditional on the number of changes before it. */
export interface CountedDocument extends AuditedDocument {
  actCount?: number;
}

/** An act that was begun on many documents, until it is complete. */
export interface BegunActDocument {
  /** Id of its line. */
  _id: string;
  line: AuditDocument;
  /** From then on its process counts as dead, and the line is filed as interrupted. */
  giveUpAt: Date;
}

/** What a reader is not shown of a carrier. */
export const WITHOUT_ACTS = { unfiledActs: 0, actCount: 0, lookAgain: 0 } as const;
