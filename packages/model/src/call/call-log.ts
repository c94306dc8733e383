import { z } from "zod";

import type { AlertOrigin } from "../alert-source/alert.ts";
import type { AuditRecord } from "../audit/audit-line.ts";
import { spokenStep } from "../speech/spoken-step.ts";
import { timestamp } from "../value/timestamp.ts";
import type { Notify } from "../webhook/notify.ts";
import type { OutboxEvent } from "../webhook/webhook-event.ts";
import { ANSWERED_BY, type Attempt, PRICINGS, publicAttempt } from "./attempt.ts";
import { ON_UNKNOWN, PRIORITIES, REACHED_WHEN, relationSnapshot } from "./call-request.ts";
import { RELATION_NAMES, RELATIONS, relationIdName, type RelationName } from "./relation.ts";
import { retryPolicy } from "./retry-policy.ts";
import { WAIT_REASON_NAMES } from "./wait-reason.ts";

/** Type of a property; it decides how the property may be queried, selected and sorted. */
export type PropertyKind =
  | "id"
  | "date"
  | "phone"
  | "text"
  | "number"
  | "json"
  | "relation"
  | "attempts"
  | "texts";

/** Documentation and treatment of one property, kept in the schema itself. */
export interface PropertyMeta {
  kind: PropertyKind;
  title: string;
  description: string;
  /** Required by the reference page: always has a value. */
  required?: true;
  /** One of our own additions to the reference page. */
  own?: true;
}

/** Registry that holds each property's metadata. */
export const propertyRegistry = z.registry<PropertyMeta>();

function property<S extends z.ZodType>(schema: S, meta: PropertyMeta): S {
  const described = schema.meta({ title: meta.title, description: meta.description }) as S;
  propertyRegistry.add(described, meta);
  return described;
}

type RelationProperties = {
  [N in RelationName]: z.ZodOptional<typeof relationSnapshot>;
} & { [N in RelationName as `${N}Id`]: z.ZodOptional<z.ZodString> };

const relationProperties = Object.fromEntries(
  RELATION_NAMES.flatMap((name) => {
    const { title, description } = RELATIONS[name];
    return [
      [name, property(relationSnapshot.optional(), { kind: "relation", title, description })],
      [
        relationIdName(name),
        property(z.string().optional(), {
          kind: "id",
          title: `${title} ID`,
          description: `ID of ${description}`,
        }),
      ],
    ];
  }),
) as RelationProperties;

/**
 * A call log as it can be read: every property of OneUptime's Call Log page, then our own. Missing and null are the
 * same.
 */
export const callLog = z
  .object({
    _id: property(z.string(), { kind: "id", title: "ID", description: "ID of this object" }),
    createdAt: property(timestamp, {
      kind: "date",
      title: "Created at",
      description: "Date and time when the object was created",
    }),
    updatedAt: property(timestamp, {
      kind: "date",
      title: "Updated at",
      description: "Date and time when the object was updated",
    }),
    project: property(z.object({ _id: z.string(), name: z.string() }).optional(), {
      kind: "relation",
      title: "Project",
      description: "Project in which this object belongs",
    }),
    projectId: property(z.string(), {
      kind: "id",
      title: "Project ID",
      description: "ID of the project in which this object belongs",
      required: true,
    }),
    toNumber: property(z.string(), {
      kind: "phone",
      title: "To number",
      description: "Phone number the call was sent to",
      required: true,
    }),
    fromNumber: property(z.string(), {
      kind: "phone",
      title: "From number",
      description: "Phone number the call was sent from",
      required: true,
    }),
    callData: property(z.record(z.string(), z.unknown()), {
      kind: "json",
      title: "Call data",
      description: "Content of the data that was sent in the call",
      required: true,
    }),
    statusMessage: property(z.string().optional(), {
      kind: "text",
      title: "Status message",
      description: "Status message (if any)",
    }),
    status: property(z.string(), {
      kind: "text",
      title: "Status",
      description: "Status of the call sent",
      required: true,
    }),
    callCostInUSDCents: property(z.number(), {
      kind: "number",
      title: "Call cost",
      description: "Call cost in US cents, fractions allowed: the sum over its attempts",
      required: true,
    }),
    ...relationProperties,
    attempts: property(z.array(publicAttempt), {
      kind: "attempts",
      title: "Attempts",
      description: "Every try to place this call, with its events",
      own: true,
    }),
    attemptCount: property(z.number().int(), {
      kind: "number",
      title: "Attempt count",
      description: "How many attempts were handed to a provider",
      own: true,
    }),
    answeredBy: property(z.enum(ANSWERED_BY).optional(), {
      kind: "text",
      title: "Answered by",
      description: "Who answered: human, machine, fax or unknown",
      own: true,
    }),
    acknowledgedAt: property(timestamp.optional(), {
      kind: "date",
      title: "Acknowledged at",
      description: "When the digit that acknowledges was pressed",
      own: true,
    }),
    scheduledAt: property(timestamp.optional(), {
      kind: "date",
      title: "Scheduled at",
      description: "Not dialled before this time",
      own: true,
    }),
    deadlineAt: property(timestamp.optional(), {
      kind: "date",
      title: "Deadline",
      description: "Not dialled after this time",
      own: true,
    }),
    waitsFor: property(z.enum(WAIT_REASON_NAMES).optional(), {
      kind: "text",
      title: "Waits for",
      description: "Why a call waits that is not dialled yet",
      own: true,
    }),
    waitsUntil: property(timestamp.optional(), {
      kind: "date",
      title: "Waits until",
      description: "When a call that waits is looked at again, at the latest",
      own: true,
    }),
    idempotencyKey: property(z.string().optional(), {
      kind: "text",
      title: "Idempotency key",
      description: "The caller's key under which the call was requested",
      own: true,
    }),
    tags: property(z.array(z.string()), {
      kind: "texts",
      title: "Tags",
      description: "Words to find the call by",
      own: true,
    }),
    provider: property(z.string().optional(), {
      kind: "text",
      title: "Provider",
      description: "Provider of the last attempt",
      own: true,
    }),
    pricing: property(z.enum(PRICINGS).optional(), {
      kind: "text",
      title: "Pricing",
      description: "Whether the cost is pending, final, estimated or incomplete",
      own: true,
    }),
    retryOf: property(z.string().optional(), {
      kind: "id",
      title: "Retry of",
      description: "Call log that this one calls again",
      own: true,
    }),
  })
  .meta({ id: "CallLog", title: "Call log" });

/** A call log as it can be read. */
export type CallLog = z.output<typeof callLog>;

/** Name of a property of a call log. */
export type PropertyName = keyof CallLog;

/** Every property with its metadata, in the order of the documentation. */
export const PROPERTIES = Object.fromEntries(
  Object.entries(callLog.shape).map(([name, schema]) => {
    const meta = propertyRegistry.get(schema as z.ZodType);
    if (meta === undefined) throw new Error(`property ${name} has no metadata`);
    return [name, meta];
  }),
) as Record<PropertyName, PropertyMeta>;

/** What the dispatcher needs of a request until the call has ended. Never served. */
export const callPlan = z.object({
  steps: z.array(spokenStep).meta({ description: "Emptied when a sensitive call has ended" }),
  language: z.string().optional(),
  voice: z.string().optional(),
  purpose: z.string().optional(),
  priority: z.enum(PRIORITIES).optional(),
  timeZone: z.string().optional(),
  retry: retryPolicy,
  reachedWhen: z.enum(REACHED_WHEN),
  onUnknown: z.enum(ON_UNKNOWN),
  sensitive: z.boolean(),
  timeLimitSeconds: z.number().optional(),
  ringTimeoutSeconds: z.number().optional(),
});

/** What the dispatcher needs of a request until the call has ended. */
export type CallPlan = z.output<typeof callPlan>;

/** The time in which an installation may have acted that the database knows nothing of, because it was restored from a backup. */
export interface RestoreGap {
  /** When the backup was begun. */
  backupAt: Date;
  /** When the restored database was first used. */
  restoredAt: Date;
}

/** A call log as the database keeps it: the readable properties and the dispatcher's own state. */
export interface CallRecord extends Omit<CallLog, "project" | "attempts"> {
  attempts: Attempt[];
  plan: CallPlan;
  /**
   * SHA-256 of the request; it distinguishes a repeated request from a different one under the same idempotency key.
   */
  requestDigest: string;
  /** SHA-256 of the request as it was sent, before parsing, which may differ between releases. */
  sentDigest?: string;
  /** Counts the writes; every write is conditional on the revision that it read. */
  revision: number;
  /** When the sweeper looks at this call again; absent when nothing is due any more. Every open call has it. */
  wakeAt?: Date;
  /** Time at which a gate deferred the call; set for waits that a change of settings may end. */
  heldAt?: Date;
  /** Present from a restore until it is known which attempts were dialled after the backup; nothing is dialled for the call before that. */
  restored?: RestoreGap;
  /** Lines of the audit trail that were written in the same update and are not in the trail's collection yet. */
  unfiledActs?: AuditRecord[];
  /** Where the events of this call go beside the endpoints of its project. Never served. */
  notify?: Notify;
  /** How many events the call has had; counted only while somebody listens. */
  eventCount?: number;
  /** Events that were written in the same update and are not in the deliveries yet, in their order. */
  outbox?: OutboxEvent[];
  /** Since when the outbox has something in it; absent while it is empty. */
  outboxAt?: Date;
  /** The act on many calls by which this one was placed. Never served. */
  bulkId?: string;
  /** The alert that the call was placed for. `alert` is the related resource that a caller names. */
  alertOrigin?: AlertOrigin;
  /** W3C traceparent of the span that the call began with, by which what happens later belongs to its trace. Never served. */
  traceparent?: string;
}
