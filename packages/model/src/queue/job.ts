import { z } from "zod";

import { providerEvent } from "../call/provider-event.ts";
import { objectId } from "../value/object-id.ts";

/**
 * Version of the jobs that this release makes, and the newest that it runs. Raise it with every change that an older worker must not meet, such
 * as a new property of a call request or a new status of an event: the older worker then leaves the job to a newer one.
 */
export const JOB_VERSION = 3;

const version = z.number().int().min(1).optional();
// Made once: zod compiles each schema that it is given.
const versioned = z.object({ version });

/** The version that a job says it has; 1 where it says none, as jobs of other producers do. */
export function jobVersion(data: unknown): number {
  const stated = versioned.safeParse(data);
  return stated.data?.version ?? 1;
}

/** Job on `call-requests`: a pipeline asks for a call. `request` is checked by the worker, in words. */
export const callRequestJob = z.looseObject({
  version,
  projectId: objectId,
  request: z.unknown(),
});

/** Job on `call-dispatch`: one attempt is due. */
export const dispatchJob = z.looseObject({
  version,
  projectId: z.string(),
  callLogId: z.string(),
  attemptNumber: z.number().int().min(1),
});

/** Job on `call-maintenance`: look for calls that need something. */
export const maintenanceJob = z.looseObject({ version });

/** One queue: its name in Redis and what a job on it holds. */
export const QUEUES = {
  requests: { name: "call-requests", job: callRequestJob },
  dispatch: { name: "call-dispatch", job: dispatchJob },
  events: { name: "call-events", job: providerEvent },
  maintenance: { name: "call-maintenance", job: maintenanceJob },
} as const satisfies Record<string, { name: string; job: z.ZodType }>;

/**
 * BullMQ key prefix, the one that every BullMQ producer uses by default. On a Redis cluster set another one, in a hash
 * tag: `{call-log}`.
 */
export const QUEUE_PREFIX = "bull";

/** Job on `call-requests`. */
export type CallRequestJob = z.output<typeof callRequestJob>;

/** Job on `call-dispatch`. */
export type DispatchJob = z.output<typeof dispatchJob>;
