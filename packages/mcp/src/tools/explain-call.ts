import { type CallLogView, CallLogError, objectId } from "@call-log/model";
import { z } from "zod";

import { type CallSearch, queryOf, searchFields } from "../call-search.ts";
import { callSummary, SUMMARY_SELECT, summaryOf, summaryText } from "../call-summary.ts";
import { attemptSentence, nextSentence, whyNotBefore } from "../text/call-story.ts";
import { counted } from "../text/counted.ts";
import { shownTimes } from "../text/shown-times.ts";
import { defineTool, READS, type ToolContext } from "../tool.ts";
import { noCall } from "./find-calls.ts";

const SELECT = {
  ...SUMMARY_SELECT,
  scheduledAt: true,
  deadlineAt: true,
  waitsFor: true,
  waitsUntil: true,
} as const;

const attempt = z.object({
  number: z.int(),
  state: z.string(),
  outcome: z.string().optional(),
  provider: z.string().optional(),
  dueAt: z.string(),
  dialledAt: z.string().optional(),
  answeredAt: z.string().optional(),
  endedAt: z.string().optional(),
  answeredBy: z.string().optional(),
  digits: z.string().optional(),
  sentence: z.string(),
});

/** `explain_call`: whether somebody was reached, each attempt, why not before, and what happens next. */
export const explainCall = defineTool({
  name: "explain_call",
  title: "Explain a call",
  description:
    "Explain one phone call: was somebody reached, by which attempt and when, why not before, and what happens next. Give its id, or a search as in find_calls: then it is the newest call that matches.",
  hints: READS,
  needs: "read",
  input: z.strictObject({
    id: objectId.optional().meta({ description: "The call log; instead of a search" }),
    ...searchFields,
  }),
  output: callSummary.extend({
    attempts: z.array(attempt),
    whyNotBefore: z.array(z.string()),
    next: z.string().meta({ description: "What happens next" }),
    otherMatches: z.int().meta({ description: "Older calls that match the search, too" }),
  }),
  async run({ id, ...search }, context) {
    const { call, others } = await chosen(id, search, context);
    const times = shownTimes(search.timeZone);
    const summary = summaryOf(call, times);
    const attempts = (call.attempts ?? []).map((one) =>
      presentAttempt(one, attemptSentence(one, times)),
    );
    const why = whyNotBefore(call, times);
    const next = nextSentence(call, times);
    // The attempts stand above.
    const delays = why.filter((reason) => attempts.every(({ sentence }) => sentence !== reason));
    const text = [
      summaryText(summary, times),
      ...attempts.map(({ sentence }) => sentence),
      ...(delays.length > 0 ? [`What held it up: ${delays.join(" ")}`] : []),
      `Next: ${next}`,
      ...(others > 0
        ? [`${counted(others, "older call")} match, too; find_calls lists them.`]
        : []),
    ].join("\n");
    return { data: { ...summary, attempts, whyNotBefore: why, next, otherMatches: others }, text };
  },
});

async function chosen(
  id: string | undefined,
  search: CallSearch,
  { api, now }: ToolContext,
): Promise<{ call: CallLogView; others: number }> {
  if (id !== undefined) return { call: await api.read(id, SELECT), others: 0 };
  const query = queryOf(search, now());
  if (Object.keys(query).length === 0)
    throw new CallLogError("BAD_REQUEST", "id: is missing; give the id of a call, or a search");
  const { data, count } = await api.list({ query, select: SELECT, limit: 1 });
  const [call] = data;
  if (call === undefined) throw noCall();
  return { call, others: count - 1 };
}

function presentAttempt(
  view: NonNullable<CallLogView["attempts"]>[number],
  sentence: string,
): z.output<typeof attempt> {
  const { number, state, outcome, provider, dueAt, claimedAt, answeredAt, endedAt } = view;
  const { answeredBy, digits } = view;
  return {
    number,
    state,
    dueAt,
    ...(outcome !== undefined && { outcome }),
    ...(provider !== undefined && { provider }),
    ...(claimedAt !== undefined && { dialledAt: claimedAt }),
    ...(answeredAt !== undefined && { answeredAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(digits !== undefined && { digits }),
    sentence,
  };
}
