import {
  callSentence,
  type CallLogView,
  groupOfStatus,
  isFinalStatus,
  type TimeWords,
} from "@call-log/model";
import { z } from "zod";

/** Properties that a summary needs. */
export const SUMMARY_SELECT = {
  createdAt: true,
  toNumber: true,
  status: true,
  statusMessage: true,
  callCostInUSDCents: true,
  pricing: true,
  attempts: true,
  incident: { title: true },
  alert: { title: true },
  user: { name: true, email: true },
} as const;

/** A call in short. */
export const callSummary = z.object({
  id: z.string().meta({ description: "The call log, for the other tools" }),
  toNumber: z.string().nullable().meta({ description: "As far as the key may see it" }),
  name: z.string().optional().meta({ description: "Who was called" }),
  about: z.string().optional().meta({ description: "Title of its incident or alert" }),
  askedAt: z.string().nullable().meta({ description: "When it was asked for, ISO 8601" }),
  status: z.string(),
  reached: z.enum(["yes", "no", "not yet", "unknown"]),
  sentence: z.string().meta({ description: "What became of it, in words" }),
});

/** A call in short. */
export type CallSummary = z.output<typeof callSummary>;

/** A call in short, with its times by this clock. */
export function summaryOf(call: CallLogView, times: TimeWords): CallSummary {
  const name = call.user?.name ?? call.user?.email;
  const about = call.incident?.title ?? call.alert?.title;
  return {
    id: call._id,
    toNumber: call.toNumber ?? null,
    ...(typeof name === "string" && { name }),
    ...(typeof about === "string" && { about }),
    askedAt: call.createdAt ?? null,
    status: call.status ?? "",
    reached: reachedOf(call.status ?? ""),
    sentence: callSentence(call, times),
  };
}

/** Whether a call with this status reached somebody. */
export function reachedOf(status: string): CallSummary["reached"] {
  if (!isFinalStatus(status)) return status === "Unknown" ? "unknown" : "not yet";
  const group = groupOfStatus(status);
  if (group === "other") return "unknown";
  return group === "reached" ? "yes" : "no";
}

/** A summary as one paragraph. */
export function summaryText(
  { id, toNumber, name, about, askedAt, sentence }: CallSummary,
  times: TimeWords,
): string {
  const whom = [toNumber, name && `(${name})`].filter(Boolean).join(" ");
  const when = askedAt === null ? "" : `, asked for ${times.day(askedAt)}`;
  return `Call to ${whom}${about ? ` about "${about}"` : ""}${when}: ${sentence} [${id}]`;
}
