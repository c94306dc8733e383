import { createHash, randomUUID } from "node:crypto";

import type { Script } from "./script.ts";

/** States of Twilio's Call resource. */
export type CallStatus =
  | "queued"
  | "initiated"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

/** States that a call does not leave. */
export const FINAL: ReadonlySet<CallStatus> = new Set([
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
]);

/** Where the fake calls back, and for what. */
export interface CallbackTargets {
  statusUrl?: string;
  statusEvents: readonly string[];
  amdUrl?: string;
}

/** A request to a callback address; with its answer, whatever became of it. */
export interface LoggedRequest {
  url: string;
  form: Readonly<Record<string, string>>;
  at: Date;
}

/** A call that was placed. */
export interface FakeCall {
  sid: string;
  to: string;
  from: string;
  twiml: string;
  script: Script;
  targets: CallbackTargets;
  detectsMachine: boolean;
  timeoutSeconds: number;
  status: CallStatus;
  createdAt: Date;
  startedAt?: Date;
  answeredAt?: Date;
  endedAt?: Date;
  answeredBy?: string;
  sipResponseCode?: number;
  durationSeconds?: number;
  /** What was spoken to the callee, in order. */
  spoken: string[];
  /** How often each question was asked, by its text. */
  askings: Map<string, number>;
  /** Every request that was made for it, in order. */
  requests: LoggedRequest[];
  /** Number of the next status callback. */
  sequence: number;
}

/** A Twilio id: two letters and 32 hexadecimal digits. */
export function newSid(prefix: string): string {
  return prefix + createHash("md5").update(randomUUID()).digest("hex");
}

/** What an answered call costs: decimal text, negative, by started minutes. Others have no price. */
export function priceOf({
  durationSeconds,
}: Pick<FakeCall, "durationSeconds">): string | undefined {
  if (durationSeconds === undefined) return undefined;
  return (-0.013 * Math.ceil(durationSeconds / 60)).toFixed(5);
}

/** The call in a final state. */
export function finish(call: FakeCall, status: FakeCall["status"], speed: number): void {
  call.status = status;
  call.endedAt = new Date();
  if (call.answeredAt === undefined) return;
  const milliseconds = call.endedAt.getTime() - call.answeredAt.getTime();
  call.durationSeconds = Math.max(1, Math.round((milliseconds * speed) / 1000));
}

/** The Call resource, as the API shows it. */
export function callResource(call: FakeCall, accountSid: string, price: string | undefined) {
  const date = (value: Date | undefined) => value?.toUTCString().replace("GMT", "+0000") ?? null;
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    account_sid: accountSid,
    parent_call_sid: null,
    to: call.to,
    to_formatted: call.to,
    from: call.from,
    from_formatted: call.from,
    phone_number_sid: null,
    status: call.status === "initiated" ? "queued" : call.status,
    start_time: date(call.startedAt),
    end_time: date(call.endedAt),
    duration: call.durationSeconds === undefined ? null : String(call.durationSeconds),
    price: price ?? null,
    price_unit: "USD",
    direction: "outbound-api",
    answered_by: call.answeredBy ?? null,
    annotation: null,
    api_version: "2010-04-01",
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: "0",
    trunk_sid: null,
    date_created: date(call.createdAt),
    date_updated: date(call.endedAt ?? call.startedAt ?? call.createdAt),
    uri: `${uri}.json`,
    subresource_uris: {
      events: `${uri}/Events.json`,
      notifications: `${uri}/Notifications.json`,
      recordings: `${uri}/Recordings.json`,
    },
  };
}
