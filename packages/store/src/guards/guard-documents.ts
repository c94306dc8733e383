import type { CountedDocument } from "../audit/audit-document.ts";
import type { Rechecked } from "../calls/recheck.ts";
import type { NumberRefusal } from "./number-refusal.ts";

/**
 * Why a provider account is paused, and since when; a pause by a failed check (`configuration`) ends with a successful
 * one.
 */
export interface ProviderPause {
  by: "person" | "configuration";
  reason: string;
  at: Date;
}

/** What is known about a provider account, by its name. */
export interface ProviderStateDocument extends CountedDocument, Rechecked {
  _id: string;
  paused?: ProviderPause;
  /** When a paused account was checked last. */
  checkedAt?: Date;
}

/** A from-number that a provider account refuses to a project. */
export interface NumberRefusalDocument extends NumberRefusal {
  /** Project, account and number. */
  _id: string;
  /** When the TTL index removes it. */
  forgetAt: Date;
}

/** Which call is in flight for a callee and purpose. */
export interface PurposeLockDocument {
  /** Digest of project, number and purpose. */
  _id: string;
  callLogId: string;
  at: Date;
}

/** Recent calls of a project to a number. */
export interface CalleeTurnsDocument {
  /** Digest of project and number. */
  _id: string;
  /** Another one after every change. */
  revision: number;
  placed: { attemptId: string; at: Date }[];
  /** How many attempts were deferred since the last one was let through. */
  waiting?: number;
  /** When the last of them stops counting. */
  expireAt: Date;
}
