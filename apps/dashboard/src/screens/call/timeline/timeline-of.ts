import { type AttemptView, carrierPagesOf, providerWords } from "@call-log/model";

import type { Outputs } from "../../../api.ts";
import type { CallLogView } from "../../../call/call-view.ts";
import { dayMinute } from "../../../format/time.ts";
import { t } from "../../../language/translate.ts";
import { actTitle, resultName } from "../../../words/act-words.ts";
import { actorName } from "../../../words/actor-words.ts";
import { fieldName } from "../../../words/field-words.ts";
import { rawFacts, valueText } from "../../../words/raw-facts.ts";
import { statusName } from "../../../words/status-words.ts";
import { STORY_WORDS } from "../../../words/story-words.ts";
import { sipWording } from "../sip-wording.ts";
import { deliverySentence } from "./delivery-sentence.ts";
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
  return [
    {
      key: "requested",
      at: createdAt,
      text: requestWords(scheduledAt ?? undefined, Boolean(retryOf)),
      ...(act && { who: actorName(act.actor) }),
      ...(retryOf && { href: `/calls/${retryOf}` }),
      raw: rawOf({ [t("call log")]: _id, [t("idempotency key")]: idempotencyKey }),
    },
  ];
}

function requestWords(scheduledAt: string | undefined, isAgain: boolean): string {
  if (scheduledAt === undefined)
    return isAgain ? t("This call was requested, to call again.") : t("The call was requested.");
  const when = dayMinute(scheduledAt);
  return isAgain
    ? t("This call was requested, to call again, for {when}.", { when })
    : t("The call was requested, for {when}.", { when });
}

function attemptEntries(attempt: AttemptView): TimelineEntry[] {
  const carrier = carrierPagesOf(attempt.provider)?.title ?? attempt.provider ?? t("the provider");
  const last = attempt.events.findLastIndex(({ late }) => !late);
  return attempt.events.map((event, index) => {
    const { at, by, reason, late, status, source, sequence, step, learntAt } = event;
    const words = eventWords({ event, attempt, carrier });
    const said =
      status === "rejected" || status === "failed" ? providerWords(attempt, STORY_WORDS) : [];
    return {
      key: `${attempt._id}-${index}`,
      at,
      text: [words, ...said].join(" "),
      attempt: attempt.number,
      ...(by && { who: actorName(by) }),
      ...(reason && { reason }),
      ...(late && { isLate: true }),
      raw: [
        ...rawOf({
          [t("event")]: status,
          [t("from")]: source,
          [t("sequence")]: sequence,
          [t("step")]: step,
          [t("learnt at")]: learntAt,
        }),
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
    [t("attempt")]: attempt._id,
    [t("provider")]: attempt.provider,
    [t("provider's call id")]: attempt.providerCallId,
    [t("called from")]: attempt.fromNumber,
    [t("state")]: attempt.state,
    [t("outcome")]: attempt.outcome,
    SIP: sip === undefined ? undefined : sipWording(sip),
    [t("error code")]: attempt.errorCode,
    [t("error class")]: attempt.errorClass,
    [t("answered by")]: attempt.answeredBy,
    [t("digits")]: attempt.digits,
    [t("duration")]: durationSeconds === undefined ? undefined : `${durationSeconds} s`,
    [t("lost answer")]: attempt.lostAnswer,
  });
}

function actEntries(call: CallLogView, line: AuditLine, again: Again | undefined): TimelineEntry[] {
  const { _id, act, actor, createdAt, facts = {}, changes, result } = line;
  if (facts["newCallLogId"] === call._id || (act === "calls.retry" && again !== undefined))
    return [];
  if (IN_EVENTS.has(act) && hasStepOf(call, line)) return [];
  const isPause = act === "project.pause" || act === "project.resume";
  const what = isPause ? "" : changes.map(({ field }) => fieldName(field)).join(", ");
  const reason = facts["reason"] ?? changes.map(({ to }) => reasonIn(to)).find(Boolean);
  return [
    {
      key: _id,
      at: createdAt,
      text: `${actTitle(act)}${what === "" ? "" : `: ${what}`}${result === "done" ? "" : ` (${resultName(result)})`}.`,
      who: actorName(actor),
      ...(typeof reason === "string" && { reason }),
      raw: [...rawOf({ [t("act")]: act, [t("target")]: line.target?.id }), ...rawFacts(line)],
    },
  ];
}

// A pause has its reason in its value.
function reasonIn(value: unknown): unknown {
  return typeof value === "object" && value !== null && "reason" in value
    ? value.reason
    : undefined;
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
      text: t("The number was called again, as another call: {status}.", {
        status: statusName(again.status),
      }),
      ...(act && { who: actorName(act.actor) }),
      href: `/calls/${again._id}`,
      raw: rawOf({ [t("call log")]: again._id }),
    },
  ];
}

function deliveryEntries(delivery: Delivery): TimelineEntry[] {
  const { _id, type, createdAt, endedAt, url, endpointId } = delivery;
  return [
    {
      key: _id,
      at: endedAt ?? createdAt,
      text: deliverySentence(delivery),
      href: "/webhooks",
      raw: rawOf({
        [t("event")]: type,
        [t("delivery")]: _id,
        [t("endpoint")]: endpointId,
        [t("address")]: url,
      }),
    },
  ];
}

function rawOf(facts: Readonly<Record<string, unknown>>): TimelineEntry["raw"] {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => [name, valueText(value)] as const);
}
