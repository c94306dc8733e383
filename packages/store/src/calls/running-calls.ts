import { CALL_STATUS_NAMES, isFinalStatus, type CallStatus } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { CallDocument } from "./call-document.ts";

/** Statuses of a call that a provider has, or is being given. */
const RUNNING = ["Dialing", "Ringing", "In Progress"] as const satisfies CallStatus[];
const OPEN = CALL_STATUS_NAMES.filter((status) => !isFinalStatus(status));
/** Longest time that the database may spend on a search, in milliseconds. */
const options = { maxTimeMS: 5000 };

/** Which calls: of a project, through a provider account, or all. */
export interface CallReach {
  projectId?: string | undefined;
  provider?: string | undefined;
}

/** A call that a provider has, or is being given. */
export interface RunningCall {
  _id: string;
  projectId: string;
}

/** How many calls are open, by what they do. */
export interface OpenCalls {
  /** A phone rings, or the call is being handed to a provider. */
  ringing: number;
  answered: number;
  /** Not dialled yet. */
  waiting: number;
  /** The provider may or may not have placed them. */
  unknown: number;
}

/** Calls that a provider has or is being given, at most so many, in no order. */
export function findRunning(
  callLogs: Collection<CallDocument>,
  { limit, ...reach }: CallReach & { limit: number },
): Promise<RunningCall[]> {
  return callLogs
    .find(filterOf(reach, RUNNING), options)
    .project<RunningCall>({ projectId: 1 })
    .limit(limit)
    .toArray();
}

/** Count open calls. One that waits has the provider of its last attempt, if any. */
export async function countOpen(
  callLogs: Collection<CallDocument>,
  reach: CallReach,
): Promise<OpenCalls> {
  const groups = await callLogs
    .aggregate<{ _id: CallStatus; calls: number }>(
      [{ $match: filterOf(reach, OPEN) }, { $group: { _id: "$status", calls: { $sum: 1 } } }],
      options,
    )
    .toArray();
  const sum = (...statuses: CallStatus[]) =>
    groups.reduce((all, { _id, calls }) => all + (statuses.includes(_id) ? calls : 0), 0);
  return {
    ringing: sum("Dialing", "Ringing"),
    answered: sum("In Progress"),
    waiting: sum("Scheduled", "Queued"),
    unknown: sum("Unknown"),
  };
}

// Within a project, statuses have an index; over all projects, only the calls with a wake time have one.
function filterOf(
  { projectId, provider }: CallReach,
  statuses: readonly CallStatus[],
): Filter<CallDocument> {
  return {
    ...(projectId === undefined ? { wakeAt: { $gt: new Date(0) } } : { projectId }),
    ...(provider !== undefined && { provider }),
    status: { $in: [...statuses] },
  };
}
