import { actorText } from "../../audit/actor.ts";
import type { CallLogView } from "../../query/views/present-call-log.ts";
import { CALL_OUTCOMES, type CallOutcome } from "../call-outcome.ts";
import { CALL_STATUSES, isFinalStatus } from "../call-status.ts";
import type { AttemptView, FateEntry, FateFacts, TimeWords } from "./fate.ts";
import {
  ENDED_FATE,
  IMPORTED_FATE,
  UNDER_WAY_FATES,
  UNKNOWN_FATES,
  WAIT_FATES,
} from "./open-fates.ts";
import { OUTCOME_FATES } from "./outcome-fates.ts";
import { reasonText } from "./reason-text.ts";
import { REFUSAL_FATES, refusalOf } from "./refusal-fates.ts";

/** What became of a call: its entry of the tables, the attempt that decided, and when. */
export interface CallFate {
  entry: FateEntry;
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
    return { entry: OUTCOME_FATES.reached, attempt: winner, at: reachedAt(winner) };
  if (!Object.hasOwn(CALL_STATUSES, status))
    return { entry: IMPORTED_FATE, attempt: attempts.at(-1), at: call.createdAt ?? undefined };
  return isFinalStatus(status) ? endedFate(call) : openFate(call);
}

function endedFate(call: CallLogView): CallFate {
  const { status = "", statusMessage } = call;
  const ended = (call.attempts ?? []).filter(({ outcome }) => outcome !== undefined);
  const refusal = status === "Low Balance" ? "budget" : refusalOf(statusMessage ?? "");
  const last = ended.at(-1);
  if (refusal !== undefined) return fate(REFUSAL_FATES[refusal], last);
  if (status === "Expired") return fate(OUTCOME_FATES.expired, last);
  // An attempt that was withdrawn when the deadline passed says nothing of the call.
  const attempt = ended.findLast(({ outcome }) => CALL_OUTCOMES[outcome!].status === status);
  const outcome = attempt?.outcome ?? ONLY_OUTCOME[status ?? ""];
  return fate(outcome === undefined ? ENDED_FATE : OUTCOME_FATES[outcome], attempt ?? last);
}

function fate(entry: FateEntry, attempt: AttemptView | undefined): CallFate {
  return { entry, attempt, at: attempt?.endedAt ?? attempt?.events.at(-1)?.at };
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
  if (status === "Unknown") return { entry: unknownEntry(call), attempt, at: undefined };
  if (status === "Scheduled" || status === "Queued") {
    const entry = WAIT_FATES[waitsFor ?? (status === "Scheduled" ? "scheduled" : "worker")];
    const before = call.attempts?.findLast(({ outcome }) => outcome !== undefined);
    const planned = attempt?.state === "planned" ? attempt.dueAt : undefined;
    // What is said of a retry is what became of the attempt before it.
    const told = waitsFor === "retry" ? (before ?? attempt) : attempt;
    return { entry, attempt: told, at: call.waitsUntil ?? planned };
  }
  const { acknowledgedAt } = call;
  if (acknowledgedAt)
    return { entry: UNDER_WAY_FATES.Acknowledged, attempt, at: acknowledgedAt ?? undefined };
  return { entry: UNDER_WAY_FATES[status as keyof typeof UNDER_WAY_FATES], attempt, at: undefined };
}

function unknownEntry({ statusMessage }: CallLogView): FateEntry {
  if (statusMessage?.startsWith("The provider shows no such call")) return UNKNOWN_FATES.none;
  if (statusMessage?.startsWith("More than one call")) return UNKNOWN_FATES.several;
  return UNKNOWN_FATES.looking;
}

/** What the sentence on a call is made of. */
export function factsOf(call: CallLogView, fate: CallFate, times: TimeWords): FateFacts {
  const name = call.user?.name ?? call.user?.email;
  return {
    who: typeof name === "string" && name !== "" ? name : (call.toNumber ?? "The callee"),
    when: fate.at === undefined ? "" : ` ${times.on(fate.at)}`,
    did: fate.attempt === undefined ? "somebody answered" : didOf(fate.attempt),
    by: byOf(fate.attempt),
    reason: reasonText(call, times),
    status: call.status ?? "",
  };
}

function reachedAt({ acknowledgedAt, answeredAt, endedAt }: AttemptView): string | undefined {
  return acknowledgedAt ?? answeredAt ?? endedAt;
}

function didOf({ digits, answeredBy }: AttemptView): string {
  return `${whoAnswered(answeredBy)} ${digits ? `pressed ${digits}` : "answered"}`;
}

function whoAnswered(answeredBy: AttemptView["answeredBy"]): string {
  if (answeredBy === "human") return "a person";
  return answeredBy === "machine" ? "a machine" : "somebody";
}

function byOf(attempt: AttemptView | undefined): string {
  const by = attempt?.events.findLast((event) => event.by !== undefined)?.by;
  if (by === undefined || by.kind === "system") return "";
  const text = actorText(by);
  return text === "" ? " by a person" : ` by ${text}`;
}
