import type {
  AlertDelivery,
  AlertDeliverySummary,
  AlertRefusal,
  AlertSource,
} from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";
import type { Removable } from "../audit/delete-after-filing.ts";

/** A token of a source; the token itself is nowhere. */
export interface SourceToken {
  /** SHA-256 in hexadecimal. */
  hash: string;
  createdAt: Date;
  /** Its end, once another one was put in its place. */
  validUntil?: Date;
}

/** An alert source as its document holds it. */
export interface AlertSourceDocument extends Omit<AlertSource, "back">, CountedDocument, Removable {
  /** How it is informed, as JSON, since names in it may have any character. With the secret, which has to be sent. */
  back?: string;
  /** The newest one last. */
  tokens: SourceToken[];
  /** How many notifications came so far. */
  deliveryCount: number;
  /** Of how many of them something was refused; these two choose the place of the next one. Absent before the first. */
  refusedCount?: number;
  /** For how many alerts a call was placed; absent before the first. */
  calledCount?: number;
  lastDelivery?: AlertDeliverySummary;
  lastRefusal?: AlertRefusal;
}

/** A notification as its document holds it; a newer one takes its place. */
export interface AlertDeliveryDocument extends AlertDelivery {
  /** Source and place. */
  _id: string;
  sourceId: string;
  projectId: string;
}
