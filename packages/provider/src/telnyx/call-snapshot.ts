import type { EventStatus } from "@call-log/model";
import { z } from "zod";

import type { CallSnapshot } from "../provider.ts";
import { fromClientState, type CallLabel } from "./call-label.ts";

const call = z.object({
  call_control_id: z.string().min(1),
  client_state: z.string().nullish(),
  /** Absent in the list of active calls, where all are alive. */
  is_alive: z.boolean().default(true),
  call_duration: z.number().nullish(),
  end_time: z.iso.datetime({ offset: true }).nullish(),
});

/** When a call is looked at, and how long after its end its events may still be on their way. */
export interface Look {
  now: Date;
  eventsUnderWayMs: number;
}

/** Our view of a call of Telnyx; undefined for a call that we did not place. Throws for an unreadable one. */
export function snapshotOf(data: unknown, look: Look): CallSnapshot | undefined {
  const { call_control_id: providerCallId, client_state, ...facts } = call.parse(data);
  const label = fromClientState(client_state);
  if (label === undefined) return undefined;
  const endedAt = facts.end_time ? new Date(facts.end_time) : undefined;
  const isOver = !facts.is_alive;
  const status = statusOf(label, isOver && isToldByNow(endedAt, look));
  return {
    providerCallId,
    attemptId: label.attemptId,
    toNumber: label.to,
    fromNumber: label.from,
    createdAt: new Date(label.createdAt),
    status,
    ...(status === "failed" && { errorMessage: "Telnyx did not tell how the call ended" }),
    ...(isOver && endedAt && { endedAt }),
    ...(isOver &&
      typeof facts.call_duration === "number" && { durationSeconds: facts.call_duration }),
  };
}

// A look-up says that a call has ended, not how: its events say that, or else the commands sent for it.
function statusOf(label: CallLabel, isOver: boolean): EventStatus {
  if (label.canceled) return "canceled";
  if (label.speaking !== undefined) return isOver ? "completed" : "in-progress";
  return isOver ? "failed" : "initiated";
}

function isToldByNow(endedAt: Date | undefined, { now, eventsUnderWayMs }: Look): boolean {
  return endedAt === undefined || now.getTime() - endedAt.getTime() >= eventsUnderWayMs;
}
