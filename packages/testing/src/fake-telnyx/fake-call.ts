import { randomUUID } from "node:crypto";

import type { GatherOptions } from "./gather.ts";
import type { Script } from "./script.ts";

/** What is asked of "dial", after its checks. */
export interface Order {
  to: string;
  from: string;
  command_id?: string;
  client_state?: string;
  webhook_url?: string;
  answering_machine_detection?: string;
}

/** A command to a call that is answered. */
export interface Command extends GatherOptions {
  action: string;
  payload?: string;
}

/** An event as it was sent, taken by anybody or not. */
export interface SentEvent {
  record_type: "event";
  event_type: string;
  id: string;
  occurred_at: string;
  payload: Record<string, unknown>;
}

/** A call that the fake placed. */
export interface FakeCall {
  id: string;
  to: string;
  from: string;
  webhookUrl: string | undefined;
  detectsMachine: boolean;
  script: Script;
  /** As the latest command left it. */
  clientState: string | undefined;
  createdAt: Date;
  answeredAt?: Date;
  endedAt?: Date;
  /** Texts that the callee has heard, in order. */
  spoken: string[];
  /** How often each question was asked, by its text. */
  askings: Map<string, number>;
  /** Events that were sent of it, in order. */
  sent: SentEvent[];
  /** Ids of commands that were done; one that comes again is ignored. */
  commandIds: Set<string>;
  /** Given a command that was taken, or the end of the call. */
  next: (command: Command | "hangup") => void;
}

/** A call that was just placed. */
export function newCall(order: Order, script: Script): FakeCall {
  return {
    id: `v3:${randomUUID().replaceAll("-", "")}0`,
    to: order.to,
    from: order.from,
    webhookUrl: order.webhook_url,
    detectsMachine: order.answering_machine_detection !== undefined,
    script,
    clientState: order.client_state,
    createdAt: new Date(),
    spoken: [],
    askings: new Map(),
    sent: [],
    commandIds: new Set(),
    next: () => {},
  };
}

/** The call, as the API shows it. */
export function callResource(call: FakeCall, speed: number) {
  const until = call.endedAt ?? new Date();
  const seconds = call.answeredAt
    ? Math.ceil(((until.getTime() - call.answeredAt.getTime()) * speed) / 1000)
    : 0;
  return {
    record_type: "call",
    call_control_id: call.id,
    call_leg_id: call.id,
    call_session_id: call.id,
    client_state: call.clientState,
    is_alive: call.endedAt === undefined,
    call_duration: seconds,
    start_time: call.createdAt.toISOString(),
    ...(call.endedAt && { end_time: call.endedAt.toISOString() }),
  };
}
