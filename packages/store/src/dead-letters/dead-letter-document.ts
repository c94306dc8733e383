import type { DeadLetter } from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";

/** Whose dead letters: a project's by its id, or null for the installation's, which name no project that exists. */
export type DeadLetterScope = string | null;

/** A refused request as its document holds it. */
export interface DeadLetterDocument extends DeadLetter, CountedDocument {
  /** The project, or `installation`; who may read it follows from this alone. */
  scope: string;
  jobId: string;
  /** What the job held, as JSON; until it is settled. As text, since a field's name in it may be none for a document. */
  payload?: string;
}

/** A refused request with what is needed to try it again. */
export interface KeptDeadLetter extends DeadLetter {
  jobId: string;
  payload?: string;
}
