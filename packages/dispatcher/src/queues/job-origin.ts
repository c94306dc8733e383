import { DelayedError, type Job } from "bullmq";
import { z } from "zod";

import { inSpan, type OpenSpan, type Tracing } from "../context/tracing.ts";

/** Origin of a job. It is kept beside the job's data, where other BullMQ libraries write and read it. */
export interface JobOrigin {
  /** W3C traceparent. */
  traceparent?: string | undefined;
  requestId?: string | undefined;
}

const carrier = z.object({
  traceparent: z
    .string()
    .regex(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
    .optional()
    .catch(undefined),
  requestId: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional()
    .catch(undefined),
});

/** The telemetry metadata of a job; undefined for one without an origin. */
export function carrierOf({ traceparent, requestId }: JobOrigin = {}): string | undefined {
  if (traceparent === undefined && requestId === undefined) return undefined;
  return JSON.stringify({ traceparent, requestId });
}

/** The origin of a job, of any producer; empty where it has none that can be read. */
export function originOf({ opts }: Pick<Job, "opts">): JobOrigin {
  const { metadata } = opts.telemetry ?? {};
  if (metadata === undefined) return {};
  try {
    return carrier.catch({}).parse(JSON.parse(metadata));
  } catch {
    // Of another producer, in a form of its own.
    return {};
  }
}

/** Attributes of a span about a queue. */
export function queueAttributes(queue: string, operation: "send" | "process") {
  return {
    "messaging.system": "bullmq",
    "messaging.destination.name": queue,
    "messaging.operation.type": operation,
    "messaging.operation.name": operation,
  };
}

/** Add jobs within a span for each, which what they do will belong to. */
export async function sendSpan<J extends { origin?: JobOrigin | undefined }>(
  { tracing, queue }: { tracing: Tracing | undefined; queue: string },
  jobs: readonly J[],
  add: (jobs: readonly J[]) => Promise<void>,
): Promise<void> {
  if (tracing === undefined) return add(jobs);
  const spans: OpenSpan[] = [];
  const sent = jobs.map((job) => {
    const parent = job.origin?.traceparent;
    if (parent === undefined) return job;
    const attributes = queueAttributes(queue, "send");
    const span = tracing.begin({ name: `send ${queue}`, kind: "producer", parent, attributes });
    spans.push(span);
    return { ...job, origin: { ...job.origin, traceparent: span.traceparent } };
  });
  try {
    await add(sent);
  } catch (error) {
    for (const span of spans) span.fail(error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

/** Process a job within a span that belongs to the trace which its producer was in. */
export async function processSpan(
  { tracing, queue }: { tracing: Tracing | undefined; queue: string },
  job: Pick<Job, "opts">,
  process: (span?: OpenSpan) => Promise<unknown>,
): Promise<unknown> {
  if (tracing === undefined) return process();
  const { traceparent: parent } = originOf(job);
  const attributes = queueAttributes(queue, "process");
  const start = { name: `process ${queue}`, kind: "consumer", parent, attributes } as const;
  const done = await inSpan(tracing, start, async (span) => {
    try {
      return { result: await process(span) };
    } catch (error) {
      // A postponed job has not failed.
      if (error instanceof DelayedError) return { putBack: error };
      throw error;
    }
  });
  if (done.putBack !== undefined) throw done.putBack;
  return done.result;
}
