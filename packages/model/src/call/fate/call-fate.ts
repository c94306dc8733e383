import type { Actor } from "../../audit/actor.ts";
import type { CallLogView } from "../../query/views/present-call-log.ts";
import { CALL_OUTCOMES, type CallOutcome } from "../call-outcome.ts";
import { CALL_STATUSES, isFinalStatus } from "../call-status.ts";
import type { AttemptView, FateFacts, TimeWords } from "./fate.ts";
import type { FateName } from "./fates.ts";
import type { UNDER_WAY_FATES } from "./open-fates.ts";
import { refusalOf } from "./refusal-fates.ts";
import type { StoryWords } from "./story-words.ts";

/** What became of a call: its case in the tables, the attempt that decided, and when. */
export interface CallFate {
  name: FateName;
  attempt: AttemptView | undefined;
  /** ISO 8601; of a call that waits, when it is looked at again. */
  at: string | undefined;
}

/** What became of a call so far. */
export function fateOf(call: CallLogView): CallFate {
  const status = call.status ?? "";
  const attempts = call.attempts ?? [];
  const winner = attempts.find(({ outcome }) => outcome === "reached");
  if (winner !== undefined)
    return { name: "outcome.reached", attempt: winner, at: reachedAt(winner) };
  if (!Object.hasOwn(CALL_STATUSES, status))
    return { name: "imported", attempt: attempts.at(-1), at: call.createdAt ?? undefined };
  return isFinalStatus(status) ? endedFate(call) : openFate(call);
}

function endedFate(call: CallLogView): CallFate {
  const { status = "", statusMessage } = call;
  const ended = (call.attempts ?? []).filter(({ outcome }) => outcome !== undefined);
  const refusal = status === "Low Balance" ? "budget" : refusalOf(statusMessage ?? "");
  const last = ended.at(-1);
  if (refusal !== undefined) return fate(`refused.${refusal}`, last);
  if (status === "Expired") return fate("outcome.expired", last);
  // An attempt that was withdrawn when the deadline passed says nothing of the call.
  const attempt = ended.findLast(({ outcome }) => CALL_OUTCOMES[outcome!].status === status);
  const outcome = attempt?.outcome ?? ONLY_OUTCOME[status ?? ""];
  return fate(outcome === undefined ? "ended" : `outcome.${outcome}`, attempt ?? last);
}

function fate(name: FateName, attempt: AttemptView | undefined): CallFate {
  return { name, attempt, at: attempt?.endedAt ?? attempt?.events.at(-1)?.at };
}

/** Outcomes of statuses where no attempt says it, as of call logs that were imported. */
const ONLY_OUTCOME: Readonly<Record<string, CallOutcome>> = {
  Completed: "reached",
  Busy: "busy",
  "No Answer": "no-answer",
  Canceled: "canceled",
};

function openFate(call: CallLogView): CallFate {
  const { status = "", waitsFor } = call;
  const attempt = call.attempts?.at(-1);
  if (status === "Unknown") return { name: unknownName(call), attempt, at: undefined };
  if (status === "Scheduled" || status === "Queued") {
    const name = `waits.${waitsFor ?? (status === "Scheduled" ? "scheduled" : "worker")}` as const;
    const before = call.attempts?.findLast(({ outcome }) => outcome !== undefined);
    const planned = attempt?.state === "planned" ? attempt.dueAt : undefined;
    // What is said of a retry is what became of the attempt before it.
    const told = waitsFor === "retry" ? (before ?? attempt) : attempt;
    return { name, attempt: told, at: call.waitsUntil ?? planned };
  }
  const { acknowledgedAt } = call;
  if (acknowledgedAt)
    return { name: "under-way.Acknowledged", attempt, at: acknowledgedAt ?? undefined };
  const underWay = status as keyof typeof UNDER_WAY_FATES;
  return { name: `under-way.${underWay}`, attempt, at: undefined };
}

function unknownName({ statusMessage }: CallLogView): FateName {
  if (statusMessage?.startsWith("The provider shows no such call")) return "unknown.none";
  if (statusMessage?.startsWith("More than one call")) return "unknown.several";
  return "unknown.looking";
}

/** How a reader is told of a call: the words, and the times. */
export interface Telling {
  words: StoryWords;
  times: TimeWords;
}

/** What the sentence on a call is made of. */
export function factsOf(call: CallLogView, fate: CallFate, { words, times }: Telling): FateFacts {
  const name = call.user?.name ?? call.user?.email;
  return {
    who: typeof name === "string" && name !== "" ? name : (call.toNumber ?? words.callee),
    when: fate.at === undefined ? "" : ` ${times.on(fate.at)}`,
    did: words.did(fate.attempt),
    by: words.by(byOf(fate.attempt)),
    reason: words.reason(call, times),
    status: call.status ?? "",
  };
}

function reachedAt({ acknowledgedAt, answeredAt, endedAt }: AttemptView): string | undefined {
  return acknowledgedAt ?? answeredAt ?? endedAt;
}

function byOf(attempt: AttemptView | undefined): Actor | undefined {
  const by = attempt?.events.findLast((event) => event.by !== undefined)?.by;
  return by?.kind === "system" ? undefined : by;
}
