import type { CountedDocument } from "../audit/audit-document.ts";

/** One value that all processes on a database agree on. */
export interface SettingDocument {
  _id: string;
  value: string;
  /** Of the mark of the master secret: the one before, and when it was changed. */
  previous?: string;
  changedAt?: Date;
  /** Of the mark of a restored backup: how many calls were open in it. */
  openCalls?: number;
}

/** What a process of the installation said of itself last, by an id of its own. */
export interface ProcessDocument extends CountedDocument {
  _id: string;
  role: string;
  host: string;
  pid: number;
  startedAt: Date;
  /** Its provider accounts in their order, and those of them that place no calls. */
  providers: string[];
  simulated: string[];
  release?: string;
  /** It is to take no more jobs. */
  draining?: boolean;
  /** Until then it counts as alive. */
  aliveUntil: Date;
  /** When the TTL index removes it. */
  expireAt: Date;
}
