import type { CallRecord, WaitReason } from "@call-log/model";

import type { HeldSearch } from "./calls/held-calls.ts";

/** The calls, as the dispatcher reads and writes them. Queries of the read API are in `call-reader.ts`. */
export interface CallStore {
  /** Insert a call with majority write concern. With a taken `_id` nothing is written and the present record comes back. */
  insert(record: CallRecord): Promise<{ inserted: boolean; record: CallRecord }>;
  /** Insert many at once, each with its own answer, in their order; an Error for each of which it is not known that it was written. */
  insertMany(records: CallRecord[]): Promise<({ inserted: boolean; record: CallRecord } | Error)[]>;
  /** Delete calls whose request was refused after all, unless an attempt was claimed or anything else was written since. */
  withdraw(callLogIds: readonly string[]): Promise<void>;
  /** One call by id, or undefined. Restricted to a project when one is given. */
  find(callLogId: string, projectId?: string): Promise<CallRecord | undefined>;
  /**
   * The claim: move a planned attempt to `submitting`, when it still is planned, due, and its deadline has not passed. One conditional
   * `findOneAndUpdate`; the record after it, or undefined when somebody else has it or it is not to be dialled.
   */
  claim(claim: AttemptClaim): Promise<CallRecord | undefined>;
  /**
   * Write a changed record if its revision is still the one that was read; the written record, with the next revision and a new
   * `updatedAt`, or undefined when it lost the race.
   */
  replace(record: CallRecord): Promise<CallRecord | undefined>;
  /** Calls whose `wakeAt` has come, oldest first; of one project where it is given. */
  findDue(now: Date, limit: number, projectId?: string): Promise<CallRecord[]>;
  /** Look at these calls at `until`, or at their deadline where that is earlier, instead of now; those whose `wakeAt` has moved since stay as they are. */
  putOff(callLogIds: readonly string[], times: { now: Date; until: Date }): Promise<void>;
  /** The next project after this one, in the order of ids, that has calls with a `wakeAt`, and the first of these times. */
  nextProject(after: string): Promise<{ projectId: string; at: Date } | undefined>;
  /** Calls of a project that are held back for one of these reasons, the most urgent first. */
  findHeld(search: HeldSearch): Promise<CallRecord[]>;
  /** The next project after this one, in the order of ids, that has calls waiting for this reason. */
  nextHeldProject(search: { after: string; reason: WaitReason }): Promise<string | undefined>;
  /**
   * When other attempts to this number were claimed whose call nobody knows yet, of whatever project: a call that is found may be theirs. Calls
   * that nothing is awaited of any more do not count.
   */
  rivalClaims(search: { toNumber: string; exceptCallLogId: string }): Promise<Date[]>;
  /**
   * Which of these provider call ids belong to an attempt, of whatever project: projects may share an account at the provider, so the
   * project that asks does not narrow the answer.
   */
  ownedProviderCallIds(search: {
    projectId: string;
    toNumber: string;
    providerCallIds: string[];
  }): Promise<Set<string>>;
}

/** Who claims which attempt, and what for. */
export interface AttemptClaim {
  projectId: string;
  callLogId: string;
  attemptNumber: number;
  workerId: string;
  provider: string;
  fromNumber: string;
  /** SHA-256 of what will be sent. */
  requestDigest: string;
  now: Date;
  /** When the sweeper looks at the attempt if nobody has recorded an answer by then. */
  deadlineAt: Date;
}
