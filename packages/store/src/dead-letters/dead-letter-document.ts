import type { DeadLetter } from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";

/**
 * Owner of dead letters: a project's id, or null for the installation, which has those that name no existing project.
 */
export type DeadLetterScope = string | null;

/** A refused request as it is stored. */
export interface DeadLetterDocument extends DeadLetter, CountedDocument {
  /** The project, or `installation`; who may read it follows from this alone. */
  scope: string;
  jobId: string;
  /** The job's data as JSON, until it is settled. It is text because its field names may be invalid in a document. */
  payload?: string;
}

/** A refused request with the data to try it again. */
export interface KeptDeadLetter extends DeadLetter {
  jobId: string;
  payload?: string;
}
