import type { AuditRecord } from "@call-log/model";

/** A line of the audit trail as it is stored. */
export type AuditDocument = AuditRecord;

/** Scope of lines that belong to no project. */
export const INSTALLATION = "installation";

/** A document that carries audit lines until they are filed; one write makes a change and its line. */
export interface AuditedDocument {
  unfiledActs?: AuditDocument[];
}

/** A carrier whose every change is conditional on the number of changes before it. */
export interface CountedDocument extends AuditedDocument {
  actCount?: number;
}

/** A bulk act in progress. */
export interface BegunActDocument {
  /** Id of its line. */
  _id: string;
  line: AuditDocument;
  /** After this time its process counts as dead, and the line is filed as interrupted. */
  giveUpAt: Date;
}

/** Fields of a carrier that readers do not see. */
export const WITHOUT_ACTS = { unfiledActs: 0, actCount: 0, lookAgain: 0 } as const;
