import { z } from "zod";

import { objectId } from "./object-id.ts";
import { providerEvent } from "./provider-event.ts";

/** Job on `call-requests`: a pipeline asks for a call. `request` is checked by the worker, in words. */
export const callRequestJob = z.strictObject({
  projectId: objectId,
  request: z.unknown(),
});

/** Job on `call-dispatch`: one attempt is due. */
export const dispatchJob = z.strictObject({
  projectId: z.string(),
  callLogId: z.string(),
  attemptNumber: z.number().int().min(1),
});

/** Job on `call-maintenance`: look for calls that need something. */
export const maintenanceJob = z.strictObject({});

/** One queue: its name in Redis and what a job on it holds. */
export const QUEUES = {
  requests: { name: "call-requests", job: callRequestJob },
  dispatch: { name: "call-dispatch", job: dispatchJob },
  events: { name: "call-events", job: providerEvent },
  maintenance: { name: "call-maintenance", job: maintenanceJob },
} as const satisfies Record<string, { name: string; job: z.ZodType }>;

/** BullMQ key prefix, the one that every BullMQ producer uses by default. On a Redis cluster set another one, in a hash tag: `{call-log}`. */
export const QUEUE_PREFIX = "bull";

/** Job on `call-requests`. */
export type CallRequestJob = z.output<typeof callRequestJob>;

/** Job on `call-dispatch`. */
export type DispatchJob = z.output<typeof dispatchJob>;
