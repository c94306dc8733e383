import { ACTS, actorText, type AttemptView, carrierPagesOf, providerWords } from "@call-log/model";

import type { Outputs } from "../../../api.ts";
import type { CallLogView } from "../../../call/call-view.ts";
import { dayTime } from "../../../format/time.ts";
import { sipWording } from "../sip-wording.ts";
import { eventWords } from "./event-words.ts";

type AuditLine = Outputs["audit"]["list"]["data"][number];
type Delivery = Outputs["webhooks"]["deliveries"]["list"]["data"][number];
type Again = NonNullable<Outputs["calls"]["calledAgain"]>;

/** One line of a call's timeline. */
export interface TimelineEntry {
  key: string;
  /** ISO 8601. */
  at: string;
  text: string;
  /** Who did it; absent where it happened by itself. */
  who?: string;
  /** Why, in their words. */
  reason?: string;
  /** Address of the page that it leads to. */
  href?: string;
  attempt?: number;
  isLate?: boolean;
  /** The recorded facts, by their names. */
  raw: (readonly [name: string, value: string])[];
  /** Where the contents of its callback are: attempt and place of the event. */
  payload?: { attempt: number; event: number };
}

/** What a timeline is made of, beside the call. */
export interface TimelineSources {
  acts: readonly AuditLine[];
  deliveries: readonly Delivery[];
  again: Again | undefined;
}

/** Acts on a call whose step stands in its own events, with who did it. */
const IN_EVENTS = new Set(["calls.cancel", "calls.call-now", "calls.resolve"]);

/** All that happened to a call and for it, in the order of time. */
export function timelineOf(call: CallLogView, sources: TimelineSources): TimelineEntry[] {
  const entries = [
    ...requested(call, sources.acts),
    ...(call.attempts ?? []).flatMap(attemptEntries),
    ...sources.acts.flatMap((line) => actEntries(call, line, sources.again)),
    ...calledAgain(sources),
    ...sources.deliveries.flatMap(deliveryEntries),
  ];
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function requested(call: CallLogView, acts: TimelineSources["acts"]): TimelineEntry[] {
  const { createdAt, scheduledAt, retryOf, _id, idempotencyKey } = call;
  if (!createdAt) return [];
  const act = acts.find(({ facts }) => facts?.["newCallLogId"] === _id);
  const later = scheduledAt ? `, for ${dayTime(scheduledAt)}` : "";
  return [
    {
      key: "requested",
      at: createdAt,
      text: retryOf
        ? `This call was requested, to call again${later}.`
        : `The call was requested${later}.`,
      ...(act && { who: actorText(act.actor) }),
      ...(retryOf && { href: `/calls/${retryOf}` }),
      raw: rawOf({ "call log": _id, "idempotency key": idempotencyKey }),
    },
  ];
}

function attemptEntries(attempt: AttemptView): TimelineEntry[] {
  const carrier = carrierPagesOf(attempt.provider)?.title ?? attempt.provider ?? "the provider";
  const last = attempt.events.findLastIndex(({ late }) => !late);
  return attempt.events.map((event, index) => {
    const { at, by, reason, late, status, source, sequence, step, learntAt } = event;
    const words = eventWords({ event, attempt, carrier });
    const said = status === "rejected" || status === "failed" ? providerWords(attempt) : [];
    return {
      key: `${attempt._id}-${index}`,
      at,
      text: [words, ...said].join(" "),
      attempt: attempt.number,
      ...(by && { who: actorText(by) }),
      ...(reason && { reason }),
      ...(late && { isLate: true }),
      raw: [
        ...rawOf({ event: status, from: source, sequence, step, "learnt at": learntAt }),
        ...(index === last ? attemptFacts(attempt) : []),
      ],
      payload: { attempt: attempt.number, event: index },
    };
  });
}

/** The facts of an attempt, which stand at its last event. */
function attemptFacts(attempt: AttemptView): TimelineEntry["raw"] {
  const { sipResponseCode: sip, durationSeconds } = attempt;
  return rawOf({
    attempt: attempt._id,
    provider: attempt.provider,
    "provider's call id": attempt.providerCallId,
    "called from": attempt.fromNumber,
    state: attempt.state,
    outcome: attempt.outcome,
    SIP: sip === undefined ? undefined : sipWording(sip),
    "error code": attempt.errorCode,
    "error class": attempt.errorClass,
    "answered by": attempt.answeredBy,
    digits: attempt.digits,
    duration: durationSeconds === undefined ? undefined : `${durationSeconds} s`,
    "lost answer": attempt.lostAnswer,
  });
}

function actEntries(call: CallLogView, line: AuditLine, again: Again | undefined): TimelineEntry[] {
  const { _id, act, actor, createdAt, facts = {}, changes, result } = line;
  if (facts["newCallLogId"] === call._id || (act === "calls.retry" && again !== undefined))
    return [];
  if (IN_EVENTS.has(act) && hasStepOf(call, line)) return [];
  const isPause = act === "project.pause" || act === "project.resume";
  const what = isPause ? "" : changes.map(({ field }) => inWords(field)).join(", ");
  const reason = facts["reason"] ?? changes.map(({ to }) => reasonIn(to)).find(Boolean);
  return [
    {
      key: _id,
      at: createdAt,
      text: `${ACTS[act].title}${what === "" ? "" : `: ${what}`}${result === "done" ? "" : ` (${result})`}.`,
      who: actorText(actor),
      ...(typeof reason === "string" && { reason }),
      raw: [
        ...rawOf({ act, target: line.target?.id }),
        ...changes.map(({ field, from, to }) => [field, `${shown(from)} → ${shown(to)}`] as const),
      ],
    },
  ];
}

// A pause has its reason in its value.
function reasonIn(value: unknown): unknown {
  return typeof value === "object" && value !== null && "reason" in value
    ? value.reason
    : undefined;
}

function inWords(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

// The act and its step are one write, at one moment.
function hasStepOf({ attempts }: CallLogView, { createdAt }: AuditLine): boolean {
  const near = (at: string) => Math.abs(Date.parse(at) - Date.parse(createdAt)) < 2000;
  return (attempts ?? []).some(({ events }) => events.some(({ at, by }) => by && near(at)));
}

function calledAgain({ acts, again }: TimelineSources): TimelineEntry[] {
  if (again === undefined) return [];
  const act = acts.find(({ facts }) => facts?.["newCallLogId"] === again._id);
  return [
    {
      key: "called-again",
      at: again.createdAt,
      text: `The number was called again, as another call: ${again.status}.`,
      ...(act && { who: actorText(act.actor) }),
      href: `/calls/${again._id}`,
      raw: rawOf({ "call log": again._id }),
    },
  ];
}

function deliveryEntries(delivery: Delivery): TimelineEntry[] {
  const { _id, kind, type, state, createdAt, endedAt, tries, tryCount, url, endpointId } = delivery;
  const whom = kind === "source" ? "The source of the alert" : "A webhook";
  const { status, error } = tries.at(-1) ?? {};
  const answer = status === undefined ? (error ?? "no answer") : `HTTP ${status}`;
  const outcome = {
    pending: `is being informed${tryCount === 0 ? "" : `; ${tryCount} tries so far, the last: ${answer}`}`,
    delivered: `was informed${tryCount > 1 ? ` on try ${tryCount}` : ""} (${answer})`,
    failed: `could not be informed in ${tryCount} tries, the last: ${answer}`,
  }[state];
  return [
    {
      key: _id,
      at: endedAt ?? createdAt,
      text: `${whom} ${outcome}.`,
      href: "/webhooks",
      raw: rawOf({ event: type, delivery: _id, endpoint: endpointId, address: url }),
    },
  ];
}

function rawOf(facts: Readonly<Record<string, unknown>>): TimelineEntry["raw"] {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => [name, shown(value)] as const);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
