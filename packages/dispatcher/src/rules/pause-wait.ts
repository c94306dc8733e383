import type { CallRecord, WaitReason } from "@call-log/model";

/** How a wait is kept: a `pause` in the database only, since somebody has to end it; a short `time` in the queue. */
const KEPT = {
  scheduled: "time",
  retry: "time",
  "quiet-hours": "time",
  "callee-often": "time",
  turn: "time",
  "from-number": "time",
  "project-paused": "pause",
  "provider-paused": "pause",
} as const satisfies Record<WaitReason, "pause" | "time">;

/** Whether a call waits for somebody to end a pause, so that it has no job meanwhile. */
export function waitsForPause({ waitsFor }: Pick<CallRecord, "waitsFor">): boolean {
  return waitsFor !== undefined && KEPT[waitsFor] === "pause";
}
