import type { AlertOrigin, CallRecord, CallRequest } from "@call-log/model";
import { RELATION_NAMES, relationIdName, spokenMessage } from "@call-log/model";

import { plannedAttempt } from "../rules/attempts.ts";
import { digestsOf } from "../rules/request-digest.ts";
import { withoutUndefined } from "../rules/without-undefined.ts";

/** What a new call log needs beside the request. */
export interface CallOrigin {
  id: string;
  projectId: string;
  /** E.164. */
  fromNumber: string;
  now: Date;
  /** The request as it was sent; the parsed one where there is no other. */
  sent?: unknown;
  /** Call log that this one calls again. */
  retryOf?: string;
  /** The act on many calls that it belongs to, and the time before which that dials nothing. */
  bulk?: { id: string; startsAt: Date } | undefined;
  /** W3C traceparent of the span that the call begins with. */
  traceparent?: string | undefined;
  /** The alert that the call is placed for. */
  alertOrigin?: AlertOrigin | undefined;
}

/** The record of a request that was just accepted: one planned attempt, nothing dialled, no wake time yet. */
export function newCallRecord(request: CallRequest, origin: CallOrigin): CallRecord {
  const { id, projectId, fromNumber, now, retryOf, bulk, traceparent, alertOrigin } = origin;
  const { sent = request } = origin;
  const { scheduledAt = bulk?.startsAt } = request;
  const isLater = scheduledAt !== undefined && scheduledAt > now;
  return withoutUndefined<CallRecord>({
    _id: id,
    createdAt: now,
    updatedAt: now,
    projectId,
    toNumber: request.toNumber,
    fromNumber,
    callData: callData(request),
    status: isLater ? "Scheduled" : "Queued",
    statusMessage: undefined,
    waitsFor: isLater ? "scheduled" : undefined,
    callCostInUSDCents: 0,
    ...relations(request),
    attempts: [plannedAttempt(id, 1, { dueAt: scheduledAt ?? now })],
    attemptCount: 0,
    answeredBy: undefined,
    acknowledgedAt: undefined,
    scheduledAt,
    deadlineAt: request.deadlineAt,
    idempotencyKey: request.idempotencyKey,
    tags: request.tags,
    provider: undefined,
    pricing: undefined,
    retryOf,
    bulkId: bulk?.id,
    plan: callPlan(request),
    ...digestsOf(request, sent),
    revision: 0,
    wakeAt: undefined,
    notify: request.notify,
    traceparent,
    alertOrigin,
  });
}

function callPlan(request: CallRequest): CallRecord["plan"] {
  return withoutUndefined<CallRecord["plan"]>({
    steps: request.say,
    language: request.language,
    voice: request.voice,
    purpose: request.purpose,
    priority: request.priority,
    timeZone: request.timeZone,
    retry: request.retry,
    reachedWhen: request.reachedWhen,
    onUnknown: request.onUnknown,
    sensitive: request.sensitive,
    timeLimitSeconds: request.timeLimitSeconds,
    ringTimeoutSeconds: request.ringTimeoutSeconds,
  });
}

function callData({ say, sensitive }: CallRequest): CallRecord["callData"] {
  return sensitive ? { sensitive: true } : { message: spokenMessage(say), steps: say };
}

type Relations = Pick<
  CallRequest,
  (typeof RELATION_NAMES)[number] | `${(typeof RELATION_NAMES)[number]}Id`
>;

/** The related resources of a request or a record: each snapshot as it was given, and its id. */
export function relations(source: Relations): Relations {
  const entries = RELATION_NAMES.flatMap((name) => [
    [name, source[name]],
    [relationIdName(name), source[name]?._id ?? source[relationIdName(name)]],
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Relations;
}
