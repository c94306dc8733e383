import type { CountedDocument } from "../audit/audit-document.ts";

/** One value shared by all processes on a database. */
export interface SettingDocument {
  _id: string;
  value: string;
  /** Of the mark of the master secret: the one before, and when it was changed. */
  previous?: string;
  changedAt?: Date;
  /** Of the mark of a restored backup: how many calls were open in it. */
  openCalls?: number;
}

/** The last report of a process, by the process's id. */
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
  /** True when it must take no more jobs. */
  draining?: boolean;
  /** It counts as alive until then. */
  aliveUntil: Date;
  /** When the TTL index removes it. */
  expireAt: Date;
}
