import type { CallRequestJob } from "@call-log/model";
import { CallLogError, callRequestJob, issueText } from "@call-log/model";

import type { Acceptance, Accepting } from "./accept-call.ts";
import { acceptCall, parseCallRequest } from "./accept-call.ts";

/** What a job on `call-requests` is known by. */
export interface RequestJob {
  id?: string | undefined;
  /** When the job was made, in milliseconds. Ids start again when Redis lost its data. */
  timestamp: number;
  data: unknown;
}

/**
 * Accept the request in a job, from any producer. A job that runs twice gives the same call log. Throws a `CallLogError` for
 * a job that is not valid.
 */
export async function acceptJob(context: Accepting, job: RequestJob): Promise<Acceptance> {
  const { projectId, request } = parseJob(job.data);
  return acceptCall(context, {
    projectId,
    request: parseCallRequest(request),
    sent: request,
    dedupeKey: `job:${job.id}:${job.timestamp}`,
  });
}

function parseJob(data: unknown): CallRequestJob {
  const parsed = callRequestJob.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new CallLogError("BAD_REQUEST", issueText(parsed.error, "job"), { cause: parsed.error });
}
