import type { Acting, AlertOrigin, CallRecord, CallRequest } from "@call-log/model";
import { CallLogError, callRequest, issueText, newCallLogId } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { enqueueAttempts } from "../record/enqueue-attempt.ts";
import { takePurposeLock } from "../record/purpose-lock.ts";
import { withOutbox } from "../record/with-outbox.ts";
import { withWait } from "../rules/deferral.ts";
import { digestsOf, isSameRequest, type RequestDigests } from "../rules/request-digest.ts";
import { withWakeTime } from "../rules/wake-time.ts";
import { checkRequest, readTerms, type RequestTerms } from "./check-request.ts";
import { insertRecords } from "./insert-records.ts";
import { newCallRecord } from "./new-call-record.ts";
import { traceOfCall } from "./trace-of-call.ts";
import { withRequester } from "./with-requester.ts";

/** What it takes to accept requests. */
export type Accepting = Pick<
  DispatchContext,
  | "calls"
  | "outbox"
  | "addressGuard"
  | "projects"
  | "doNotCall"
  | "callerIds"
  | "providers"
  | "callbackUrlsFor"
  | "purposeLocks"
  | "audit"
  | "jobQueue"
  | "backlog"
  | "limiter"
  | "settings"
  | "now"
  | "log"
  | "metrics"
  | "tracing"
  | "requestId"
>;

/** Most requests in one batch. */
export const MAX_REQUESTS = 1000;

/** A request that was accepted, now or before under the same idempotency key. */
export interface Acceptance {
  _id: string;
  status: string;
  repeated: boolean;
}

/** One parsed request; `dedupeKey` replaces a missing idempotency key, and is not stored. */
export interface Intake {
  request: CallRequest;
  /** The request as it was sent. @defaultValue `request` */
  sent?: unknown;
  dedupeKey?: string;
  retryOf?: string;
  /** The act on many calls that it belongs to, and the time before which that dials nothing. */
  bulk?: { id: string; startsAt: Date } | undefined;
  /** The alert that it is about. */
  alertOrigin?: AlertOrigin | undefined;
  /** Who asked to call again. */
  acting?: Acting;
}

/** A request as JSON, parsed. Throws a BAD_REQUEST that names the field. */
export function parseCallRequest(input: unknown): CallRequest {
  const parsed = callRequest.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new CallLogError("BAD_REQUEST", issueText(parsed.error), { cause: parsed.error });
}

/** Accept one request: the record first, then its job. Throws a `CallLogError` for what can't be accepted. */
export async function acceptCall(
  context: Accepting,
  intake: Intake & { projectId: string },
): Promise<Acceptance> {
  const answer = present((await acceptIntakes(context, intake.projectId, [intake]))[0]);
  if (isError(answer)) throw answer;
  return answer;
}

/**
 * Accept up to 1,000 requests as JSON in one write, each with its own answer, in their order: an Error other than a `CallLogError` is that of
 * the database, and a call without an idempotency key that got one is not dialled.
 */
export async function acceptCalls(
  context: Accepting,
  batch: { projectId: string; requests: readonly unknown[] },
): Promise<(Acceptance | Error)[]> {
  const { projectId, requests } = batch;
  if (requests.length > MAX_REQUESTS)
    throw new CallLogError("BAD_REQUEST", `requests: must be at most ${MAX_REQUESTS}`);
  const parsed = requests.map((input) =>
    orRefusal(() => ({ request: parseCallRequest(input), sent: input })),
  );
  return acceptIntakes(context, projectId, parsed);
}

/** A request before it is written: the record to write, or its answer if that is known already. */
type Draft = CallRecord | Acceptance | CallLogError;

/** The same for requests that are parsed, or refused already. */
export async function acceptIntakes(
  context: Accepting,
  projectId: string,
  intakes: readonly (Intake | CallLogError)[],
): Promise<(Acceptance | Error)[]> {
  const numbers = intakes.flatMap((intake) =>
    intake instanceof CallLogError ? [] : [intake.request.toNumber],
  );
  const isBatch = intakes.length > 1;
  const [known] = await Promise.all([
    readTerms(context, projectId, numbers),
    // Each record asks for it, and finds it read.
    context.outbox.wanted({ projectId }),
  ]);
  const terms = { ...known, isBatch };
  const drafts = await Promise.all(
    intakes.map(async (intake) =>
      intake instanceof CallLogError ? intake : draft(context, terms, intake),
    ),
  );
  const answers = await write(context, drafts.filter(isRecord));
  return drafts.map((one) => (isRecord(one) ? present(answers.get(one)) : one));
}

/** `isBatch`: whether others are accepted with it. */
type DraftTerms = RequestTerms & { isBatch: boolean };

async function draft(context: Accepting, terms: DraftTerms, intake: Intake): Promise<Draft> {
  const { request, sent = request, dedupeKey, retryOf } = intake;
  const projectId = terms.project._id;
  const key = request.idempotencyKey ?? dedupeKey;
  const id = newCallLogId(key === undefined ? { projectId } : { projectId, idempotencyKey: key });
  const now = context.now();
  const checked = orRefusal(() => {
    // A retry keeps its number only while the project may use it.
    const mayMove = retryOf !== undefined;
    const fromNumber = checkRequest(context, terms, { callLogId: id, request, mayMove });
    const origin = {
      id,
      projectId,
      fromNumber,
      now,
      sent,
      ...(retryOf !== undefined && { retryOf }),
      bulk: intake.bulk,
      alertOrigin: intake.alertOrigin,
      traceparent: traceOfCall(context, id, terms.isBatch),
    };
    const record = withRequester(context, newCallRecord(request, origin), intake.acting);
    return withWakeTime(withWait(record), { now, settings: context.settings });
  });
  const made = isRecord(checked) ? await withClaims(context, checked) : checked;
  if (isRecord(made) || key === undefined) return made;
  // A repeated request gets its answer, even if it would be refused now.
  const known = await context.calls.find(id);
  return known === undefined ? made : repeatedAnswer(context, known, digestsOf(request, sent));
}

async function withClaims(context: Accepting, record: CallRecord): Promise<Draft> {
  const refusal = await takePurposeLock(context, record);
  return refusal ?? withOutbox(context, { before: undefined, after: record }, record.createdAt);
}

async function write(
  context: Accepting,
  records: CallRecord[],
): Promise<Map<CallRecord, Acceptance | Error>> {
  const inserts = await insertRecords(context, records);
  const fresh = inserts.flatMap((one) => (!isError(one) && one.inserted ? [one.record] : []));
  context.outbox.move(fresh);
  await enqueueAttempts(context, fresh);
  context.metrics.add("accepted", fresh.length);
  return new Map(
    records.map((wanted, index): [CallRecord, Acceptance | Error] => {
      const fate = present(inserts[index]);
      if (isError(fate)) return [wanted, fate];
      const { inserted, record } = fate;
      const { _id, status } = record;
      if (inserted) return [wanted, { _id, status, repeated: false }];
      return [wanted, repeatedAnswer(context, record, wanted)];
    }),
  );
}

function repeatedAnswer(
  context: Pick<Accepting, "metrics">,
  known: CallRecord,
  given: RequestDigests,
): Acceptance | CallLogError {
  const { _id, status } = known;
  if (!isSameRequest(known, given))
    return new CallLogError(
      "UNPROCESSABLE_CONTENT",
      "idempotencyKey: was used before with another request",
    );
  context.metrics.add("repeated");
  return { _id, status, repeated: true };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("every request has an answer");
  return value;
}

function isError<T extends object>(value: T | Error): value is Error {
  return value instanceof Error;
}

function isRecord(value: Draft): value is CallRecord {
  return "attempts" in value;
}

function orRefusal<T>(make: () => T): T | CallLogError {
  try {
    return make();
  } catch (error) {
    if (error instanceof CallLogError) return error;
    throw error;
  }
}
