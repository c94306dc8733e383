import {
  type Alert,
  type AlertBody,
  type AlertOrigin,
  type AlertSource,
  type CallRequestInput,
  isUnread,
} from "@call-log/model";

import { type AlertSubject, calleeOf, originOf, requestFor } from "./alert-call.ts";
import { alertKey, firingKey, type LastCall } from "./alert-key.ts";

/** What is done with some of the alerts of a notification, which `indexes` name by their place. */
export type AlertPlan = { indexes: readonly number[]; fingerprint?: string } & (
  | { kind: "call"; request: CallRequestInput; origin: AlertOrigin }
  | { kind: "stop"; key: string; status: "resolved" | "acknowledged"; until: Date | undefined }
  | { kind: "repeated"; callLogId: string; reason: string }
  | { kind: "ignored" | "refused"; reason: string }
);

/** What a decision rests on, beside the source and what it sent. */
export interface AlertSituation {
  /** The last call of each alert, by its key; for those that `keysToLookUp` names. */
  lastCalls: ReadonlyMap<string, LastCall>;
  now: Date;
}

interface Placed {
  alert: Alert;
  index: number;
}

/** The calls that a notification is about: each alert, or a group of them. */
interface Subjects {
  firing: (AlertSubject & { indexes: number[]; toNumber: string; isGroup: boolean })[];
  ended: (AlertSubject & {
    indexes: number[];
    status: "resolved" | "acknowledged";
    /** Others of the group still fire. */
    goesOn: boolean;
  })[];
}

/** Decide what a notification does: call, stop a call, or nothing with its reason. Each alert is in exactly one plan. */
export function planAlerts(
  source: AlertSource,
  body: AlertBody,
  situation: AlertSituation,
): AlertPlan[] {
  const unread = body.alerts.flatMap((alert, index): AlertPlan[] =>
    isUnread(alert)
      ? [{ kind: "refused", indexes: [index], reason: `${alert.path}: ${alert.reason}` }]
      : [],
  );
  const read = readOf(body);
  if (!source.enabled)
    return [...unread, ...read.map(({ index }) => ignored(index, "the source is turned off"))];
  const { firing, ended } = subjectsOf(source, body);
  return [
    ...unread,
    ...ended.map(stop),
    ...firing.map((subject) => callOrNot(source, subject, situation)),
  ];
}

/** The keys of alerts whose last call decides what is done. */
export function keysToLookUp(source: AlertSource, body: AlertBody): string[] {
  const { firing } = subjectsOf(source, body);
  return firing.flatMap(({ key, isGroup, alerts: [first] }) =>
    isGroup || (first?.startsAt === undefined && first?.isAlwaysNew !== true) ? [key] : [],
  );
}

function callOrNot(
  source: AlertSource,
  subject: Subjects["firing"][number],
  { lastCalls, now }: AlertSituation,
): AlertPlan {
  const { indexes, fingerprint, key, isGroup, toNumber } = subject;
  const [first] = subject.alerts;
  // The alerts of a group come and go, so its firing has no start of its own.
  const firing = isGroup
    ? { key }
    : { key, startsAt: first?.startsAt, isAlwaysNew: first?.isAlwaysNew };
  const { newCallAfterMinutes } = source.rule;
  const times = { now, newCallAfterMinutes };
  const { idempotencyKey, goesOn } = firingKey(firing, lastCalls.get(key), times);
  if (goesOn !== undefined) {
    const reason = "was called for before, and has not been resolved since";
    return { kind: "repeated", indexes, fingerprint, callLogId: goesOn.callLogId, reason };
  }
  const request = requestFor(source, subject, { toNumber, idempotencyKey, now });
  return { kind: "call", indexes, fingerprint, request, origin: originOf(source, subject) };
}

function stop(subject: Subjects["ended"][number]): AlertPlan {
  const { indexes, fingerprint, key, status, alerts, goesOn } = subject;
  if (goesOn)
    return { kind: "ignored", indexes, fingerprint, reason: "others of its group still fire" };
  return { kind: "stop", indexes, fingerprint, key, status, until: untilOf(alerts[0]) };
}

// Its end, if it is known: its start may be given in another precision than when it fired.
function untilOf(alert: Alert | undefined): Date | undefined {
  const { startsAt, endsAt } = alert ?? {};
  return startsAt !== undefined && endsAt !== undefined && endsAt > startsAt ? endsAt : startsAt;
}

function ignored(index: number, reason: string): AlertPlan {
  return { kind: "ignored", indexes: [index], reason };
}

function readOf({ alerts }: AlertBody): Placed[] {
  return alerts.flatMap((alert, index) => (isUnread(alert) ? [] : [{ alert, index }]));
}

function subjectsOf(source: AlertSource, body: AlertBody): Subjects {
  const read = readOf(body);
  const isFiring = ({ alert }: Placed) => alert.status === "firing";
  const own = source.rule.each === "group" ? 0 : source.rule.maxCalls;
  const firing = read.filter(isFiring);
  const single = firing.slice(0, own).map((placed) => ({
    ...one(source, body, placed),
    toNumber: calleeOf(source, placed.alert),
    isGroup: false,
  }));
  const grouped = groupsOf(source, body, firing.slice(own));
  const called = new Set(grouped.map(({ key }) => key));
  const ended = read.filter((placed) => !isFiring(placed));
  return { firing: [...single, ...grouped], ended: endedOf(source, body, { ended, called }) };
}

// The end of an alert stops its own call; the end of all of a group's alerts stops that of the group.
function endedOf(
  source: AlertSource,
  body: AlertBody,
  { ended, called }: { ended: Placed[]; called: ReadonlySet<string> },
): Subjects["ended"] {
  const isGrouped = source.rule.each === "group";
  const singles = ended.map((placed) => ({
    ...one(source, body, placed),
    status: endOf(placed.alert),
    goesOn: false,
  }));
  const groups = groupsOf(source, body, ended).map(({ toNumber: _to, isGroup: _is, ...group }) => ({
    ...group,
    // Not accounted for once more: each alert has its own end.
    indexes: isGrouped ? group.indexes : [],
    alerts: [],
    status: group.alerts.every((alert) => alert.status === "resolved")
      ? ("resolved" as const)
      : ("acknowledged" as const),
    goesOn: called.has(group.key),
  }));
  return isGrouped ? groups : [...singles, ...groups.filter(({ goesOn }) => !goesOn)];
}

function endOf({ status }: Alert): "resolved" | "acknowledged" {
  return status === "acknowledged" ? status : "resolved";
}

function one(source: AlertSource, body: AlertBody, { alert, index }: Placed) {
  const { fingerprint } = alert;
  const key = alertKey(source._id, fingerprint);
  return { alerts: [alert], indexes: [index], fingerprint, key, body };
}

// One call for each callee, about all of the alerts that are theirs.
function groupsOf(source: AlertSource, body: AlertBody, placed: Placed[]): Subjects["firing"] {
  const byCallee = new Map<string, Placed[]>();
  for (const member of placed) {
    const callee = calleeOf(source, member.alert);
    byCallee.set(callee, [...(byCallee.get(callee) ?? []), member]);
  }
  const fingerprint = `group ${body.groupKey ?? ""}`.trim();
  return [...byCallee].map(([toNumber, members]) => ({
    alerts: members.map(({ alert }) => alert),
    indexes: members.map(({ index }) => index),
    fingerprint,
    key: alertKey(source._id, `${fingerprint} ${toNumber}`),
    body,
    toNumber,
    isGroup: true,
  }));
}
