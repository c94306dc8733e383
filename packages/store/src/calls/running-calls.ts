import {
  type CallStatus,
  OPEN_STATUSES,
  type OpenCalls,
  openCallsOf,
  RUNNING_STATUSES,
} from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { CallDocument } from "./call-document.ts";

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

/** Calls that a provider has or is being given, at most so many, in no order. */
export function findRunning(
  callLogs: Collection<CallDocument>,
  { limit, ...reach }: CallReach & { limit: number },
): Promise<RunningCall[]> {
  return callLogs
    .find(filterOf(reach, RUNNING_STATUSES), options)
    .project<RunningCall>({ projectId: 1 })
    .limit(limit)
    .toArray();
}

/** Count open calls. One that waits has the provider of its last attempt, if any. */
export async function countOpen(
  callLogs: Collection<CallDocument>,
  reach: CallReach,
  limits: { maxTimeMS?: number } = options,
): Promise<OpenCalls> {
  const groups = await callLogs
    .aggregate<{ _id: CallStatus; calls: number }>(
      [
        { $match: filterOf(reach, OPEN_STATUSES) },
        { $group: { _id: "$status", calls: { $sum: 1 } } },
      ],
      limits,
    )
    .toArray();
  return openCallsOf(Object.fromEntries(groups.map(({ _id, calls }) => [_id, calls])));
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
