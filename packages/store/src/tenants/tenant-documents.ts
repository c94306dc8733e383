import type { Project, SavedView } from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";
import type { Removable } from "../audit/delete-after-filing.ts";
import type { Rechecked } from "../calls/recheck.ts";

/** A project as its document holds it. */
export interface ProjectDocument extends Project, CountedDocument, Rechecked {}

/** A number that calls are made from: who owns it, and whom the operator lends it to. */
export interface CallerIdDocument extends CountedDocument {
  /** E.164. */
  _id: string;
  owner?: string;
  /** When the owner claimed it; before its project has it in its settings. */
  claimedAt?: Date;
  /** Ids of projects, or `all`; absent where the operator has said nothing. */
  lentTo?: string[];
}

/** A number that a project must not call. */
export interface DoNotCallDocument extends Removable {
  /** Project and number. */
  _id: string;
  projectId: string;
  /** E.164. */
  number: string;
  createdAt: Date;
}

/** A view of the list of calls that a project shares. */
export interface SavedViewDocument extends SavedView, CountedDocument, Removable {}
