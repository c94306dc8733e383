import { CallLogError } from "@call-log/model";
import { z } from "zod";

import { queryOf, searchFields } from "../call-search.ts";
import { callSummary, SUMMARY_SELECT, summaryOf, summaryText } from "../call-summary.ts";
import { counted } from "../text/counted.ts";
import { shownTimes } from "../text/shown-times.ts";
import { defineTool, READS } from "../tool.ts";

const MOST = 50;
const LIMIT_ERROR = `must be a whole number from 1 to ${MOST}`;

/** `find_calls`: calls by number, name, subject, status and time, each with the sentence that says what became of it. */
export const findCalls = defineTool({
  name: "find_calls",
  title: "Find calls",
  description:
    "Find phone calls by the called number or its end, the callee's name, the incident or tag, status and time. Each comes with a sentence that says whether somebody was reached, when and how. Newest first.",
  hints: READS,
  needs: "read",
  input: z.strictObject({
    ...searchFields,
    limit: z
      .int({ error: LIMIT_ERROR })
      .min(1, { error: LIMIT_ERROR })
      .max(MOST, { error: LIMIT_ERROR })
      .default(10)
      .meta({ description: "Most calls in the answer" }),
    cursor: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: "nextCursor of the answer before, with the same search" }),
  }),
  output: z.object({
    count: z.int().meta({ description: "Calls that match in all" }),
    isAtLeast: z
      .boolean()
      .meta({ description: "True if counting took too long: there may be more" }),
    calls: z.array(callSummary),
    nextCursor: z.string().optional().meta({ description: "For the next page" }),
  }),
  async run({ limit, cursor, ...search }, { api, now }) {
    const times = shownTimes(search.timeZone);
    const page = await api.list({
      query: queryOf(search, now()),
      select: SUMMARY_SELECT,
      limit,
      inParts: true,
      ...(cursor !== undefined && { cursor }),
    });
    const calls = page.data.map((call) => summaryOf(call, times));
    const more = page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor };
    const shown = page.nextCursor === undefined ? "" : `, ${calls.length} of them here`;
    const isAtLeast = page.countedFrom !== undefined;
    const head =
      page.count === 0 && !isAtLeast
        ? "No call matches."
        : `${isAtLeast ? "At least " : ""}${counted(page.count, "call")} found${shown}.`;
    const lines = calls.map((call) => summaryText(call, times));
    return {
      data: { count: page.count, isAtLeast, calls, ...more },
      text: [head, ...lines].join("\n"),
    };
  },
});

/** Error for a search that finds no call. */
export function noCall(): CallLogError {
  return new CallLogError("NOT_FOUND", "No call matches. Try find_calls with fewer conditions.");
}
