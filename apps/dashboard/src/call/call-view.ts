import type { SelectInput } from "@call-log/model";

import type { Outputs } from "../api.ts";

/** A call log, as the server returns it. */
export type CallLogView = Outputs["callLog"]["getItem"];

/** One attempt, as the server returns it. */
export type AttemptView = NonNullable<CallLogView["attempts"]>[number];

/** Properties that a row of the table shows. */
export const ROW_SELECT = {
  createdAt: true,
  updatedAt: true,
  toNumber: true,
  fromNumber: true,
  status: true,
  statusMessage: true,
  answeredBy: true,
  attemptCount: true,
  callCostInUSDCents: true,
  pricing: true,
  provider: true,
  acknowledgedAt: true,
  scheduledAt: true,
  waitsFor: true,
  waitsUntil: true,
  tags: true,
  incident: { title: true },
  user: { name: true, email: true },
} as const satisfies SelectInput;

/** Properties that the screen of one call shows. */
export const CALL_SELECT = {
  ...ROW_SELECT,
  attempts: true,
  callData: true,
  deadlineAt: true,
  idempotencyKey: true,
  retryOf: true,
  alert: { title: true },
  monitor: { name: true },
  scheduledMaintenance: { title: true },
  statusPage: { name: true },
  statusPageAnnouncement: { title: true },
} as const satisfies SelectInput;
