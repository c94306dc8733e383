import { isFinalStatus, objectId } from "@call-log/model";
import { z } from "zod";

import { zoneField } from "../call-search.ts";
import { callSummary, SUMMARY_SELECT, summaryOf, summaryText } from "../call-summary.ts";
import { shownTimes } from "../text/shown-times.ts";
import { defineTool, READS, type ToolContext } from "../tool.ts";

/** Below the 60 seconds after which clients and proxies give up. */
const MOST_SECONDS = 50;
/** How much later than asked for a wait may end, in seconds; still below those 60. */
const GRACE_SECONDS = 5;
const SECONDS_ERROR = `must be a number of seconds from 1 to ${MOST_SECONDS}`;

/** `wait_for_call`: the end of a call, or how it stands when the wait is over. */
export const waitForCall = defineTool({
  name: "wait_for_call",
  title: "Wait for a call",
  description:
    "Wait until a phone call is over, at most so many seconds, and say what became of it. When it is not over by then, the answer says how it stands; call this tool again to wait on.",
  hints: READS,
  needs: "read",
  input: z.strictObject({
    id: objectId.meta({ description: "The call log" }),
    timeoutSeconds: z
      .number({ error: SECONDS_ERROR })
      .min(1, { error: SECONDS_ERROR })
      .max(MOST_SECONDS, { error: SECONDS_ERROR })
      .default(30)
      .meta({ description: "Longest wait, in seconds" }),
    timeZone: zoneField,
  }),
  output: callSummary.extend({ isOver: z.boolean() }),
  async run({ id, timeoutSeconds, timeZone }, context) {
    await waited(id, timeoutSeconds, context);
    const call = await context.api.read(id, SUMMARY_SELECT);
    const times = shownTimes(timeZone);
    const summary = summaryOf(call, times);
    const isOver = isFinalStatus(summary.status);
    const more = isOver ? [] : ["It is not over yet. Call wait_for_call again to wait on."];
    return {
      data: { ...summary, isOver },
      text: [summaryText(summary, times), ...more].join("\n"),
    };
  },
});

/** Ends with the call, the time or the signal, even if a way to the call heeds neither. */
async function waited(
  id: string,
  timeoutSeconds: number,
  { api, after, signal }: ToolContext,
): Promise<void> {
  const ending = new AbortController();
  const terms = { timeoutSeconds, signal: AbortSignal.any([signal, ending.signal]) };
  try {
    await Promise.race([
      api.waitForEnd(id, terms),
      after(timeoutSeconds + GRACE_SECONDS, terms.signal),
    ]);
  } finally {
    ending.abort();
  }
}
