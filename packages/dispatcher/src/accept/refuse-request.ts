import { createHash } from "node:crypto";

import {
  CallLogError,
  cutText,
  type ErrorCode,
  issueFields,
  jobVersion,
  mayBeSensitive,
  objectId,
} from "@call-log/model";
import { z } from "zod";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { RequestJob } from "./accept-job.ts";

/** Largest job that is kept with what it holds, in bytes of JSON: as much as REST takes. */
const MAX_PAYLOAD_BYTES = 1_048_576;
const MAX_REASON_LENGTH = 1000;
const MAX_FIELDS = 20;
const MAX_FIELD_LENGTH = 100;

/** A refused request as it can be spoken of in a log: ids, code and fields at fault, never a value. */
export interface Refusal {
  deadLetterId: string;
  projectId: string | undefined;
  code: ErrorCode;
  fields: string;
  reason: string;
}

const ofProject = z.object({ projectId: objectId });

type RefuseContext = Pick<DispatchContext, "deadLetters" | "projects" | "metrics">;

/**
 * Keep a job that is refused, with its reason. Written before the job fails: a process that dies between the two leaves a job that runs
 * again, and comes to the same document. Throws when it can't be written now.
 */
export async function refuseRequest(
  { deadLetters, projects, metrics }: RefuseContext,
  job: RequestJob & { attempts: number },
  error: unknown,
): Promise<Refusal> {
  const { id: jobId, timestamp, data, attempts } = job;
  const { code, reason, fields } = reasonOf(error);
  const named = ofProject.safeParse(data).data?.projectId;
  const project = named === undefined ? undefined : await projects.find(named);
  const payload = JSON.stringify(data) ?? "null";
  const _id = deadLetterId(job);
  await deadLetters.keep({
    _id,
    jobId: String(jobId),
    madeAt: new Date(timestamp),
    version: jobVersion(data),
    attempts,
    code,
    reason,
    fields,
    isSensitive: mayBeSensitive(data),
    ...(project !== undefined && { projectId: project._id }),
    ...(Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES && { payload }),
  });
  metrics.add("invalidRequests");
  const loggable = fields.map(withoutValues).join(" ");
  return { deadLetterId: _id, projectId: project?._id, code, fields: loggable, reason };
}

/**
 * Id of the dead letter of a job: the same however often it is refused. Job ids start again when Redis lost its data,
 * so the time is part of it.
 */
export function deadLetterId({ id, timestamp }: Pick<RequestJob, "id" | "timestamp">): string {
  return createHash("sha256").update(`${id}:${timestamp}`).digest("hex").slice(0, 24);
}

function reasonOf(error: unknown): { code: ErrorCode; reason: string; fields: string[] } {
  if (!(error instanceof CallLogError) || error.code === "INTERNAL_SERVER_ERROR") {
    const reason = `call-log could not take this request (${nameOf(error)}); the log has more`;
    return { code: "INTERNAL_SERVER_ERROR", reason, fields: [] };
  }
  const { code, message, cause } = error;
  const fields = cause instanceof z.ZodError ? issueFields(cause) : fieldsIn(message);
  return {
    code,
    reason: cutText(message, MAX_REASON_LENGTH),
    fields: fields.slice(0, MAX_FIELDS).map((field) => cutText(field, MAX_FIELD_LENGTH)),
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

// What is refused after the parse says its field first: "deadlineAt: must be in the future".
function fieldsIn(message: string): string[] {
  const [, field] = /^([A-Za-z][\w.]*): /.exec(message) ?? [];
  return field === undefined ? [] : [field];
}

// A name that a caller made up may be a number or a text.
function withoutValues(field: string): string {
  return field
    .split(".")
    .map((name) => (/^([A-Za-z]{1,40}|\d{1,3})$/.test(name) ? name : "?"))
    .join(".");
}
