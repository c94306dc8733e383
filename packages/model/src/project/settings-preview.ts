import { type CalleeLimits, calleeWait } from "../callee/callee-limits.ts";
import {
  calleeRefusal,
  type CalleeRules,
  type NumberType,
  numberTypeRefusal,
} from "../callee/callee-rules.ts";
import { type QuietHours, quietUntil } from "../callee/quiet-hours.ts";
import { costlyTypeOf } from "../phone/number-type.ts";
import { type Budget, capsOf } from "./budget.ts";

/** A call of the past, as far as the settings of a project concern it. */
export interface PastCall {
  _id: string;
  toNumber: string;
  /** When it was dialled first; when it was requested, if it never was. */
  calledAt: Date;
  isEmergency: boolean;
  /** Time zone of the request. */
  timeZone?: string;
  costInUSDCents: number;
}

/** Settings whose effect on past calls can be computed. */
export interface PreviewedSettings extends CalleeRules {
  allowedNumberTypes?: readonly NumberType[] | undefined;
  quietHours?: QuietHours | undefined;
  calleeLimits?: CalleeLimits | undefined;
  budget?: Budget | undefined;
}

/** Names of the settings whose effect is shown, and what they would have done with a call. */
export const PREVIEWED = {
  quietHours: "wait",
  calleeLimits: "wait",
  allowedNumbers: "refuse",
  budget: "refuse",
} as const;

/** Name of a rule whose effect is shown. */
export type PreviewedRule = keyof typeof PREVIEWED;

/** The calls that a rule would have held up or refused. */
export interface AffectedCalls {
  count: number;
  /** The first ones, five at most. */
  callLogIds: string[];
  /** ISO 8601; null without calls. */
  firstAt: string | null;
  lastAt: string | null;
}

/** What settings would have done with the newest calls, beside what the saved ones would have done. */
export interface SettingsPreview {
  /** How many calls were looked at. */
  calls: number;
  /** ISO 8601: the time from which all calls were looked at. */
  since: string;
  changed: Record<PreviewedRule, AffectedCalls>;
  saved: Record<PreviewedRule, AffectedCalls>;
}

/** Ids that are named for each rule. */
const EXAMPLES = 5;
const MICRO_PER_CENT = 10_000;

/** What the rules of these settings would have done with past calls; each rule by itself, calls in the order of their times. */
export function affectedBySettings(
  settings: PreviewedSettings,
  calls: readonly PastCall[],
  installation: { allowedNumberTypes: readonly NumberType[] },
): Record<PreviewedRule, AffectedCalls> {
  const inOrder = calls.toSorted((a, b) => a.calledAt.getTime() - b.calledAt.getTime());
  const affected = (isAffected: (call: PastCall) => boolean) => summary(inOrder.filter(isAffected));
  return {
    quietHours: affected(quietHoursRule(settings)),
    calleeLimits: affected(calleeLimitsRule(settings)),
    allowedNumbers: affected(allowedNumbersRule(settings, installation.allowedNumberTypes)),
    budget: affected(budgetRule(settings)),
  };
}

function summary(calls: readonly PastCall[]): AffectedCalls {
  return {
    count: calls.length,
    callLogIds: calls.slice(0, EXAMPLES).map(({ _id }) => _id),
    firstAt: calls[0]?.calledAt.toISOString() ?? null,
    lastAt: calls.at(-1)?.calledAt.toISOString() ?? null,
  };
}

type Rule = (call: PastCall) => boolean;

function quietHoursRule({ quietHours: hours }: PreviewedSettings): Rule {
  if (hours === undefined) return () => false;
  return ({ isEmergency, timeZone, calledAt }) =>
    !isEmergency && quietUntil(hours, timeZone ?? hours.timeZone, calledAt) !== undefined;
}

function calleeLimitsRule({ calleeLimits: limits }: PreviewedSettings): Rule {
  if (limits === undefined || limits === "off") return () => false;
  const placed = new Map<string, Date[]>();
  const twice = limits.map(({ calls, seconds }) => ({ calls: 2 * calls, seconds }));
  return ({ isEmergency, toNumber, calledAt }) => {
    const times = placed.get(toNumber) ?? [];
    if (calleeWait(times, isEmergency ? twice : limits, calledAt) !== undefined) return true;
    placed.set(toNumber, [...times, calledAt]);
    return false;
  };
}

function allowedNumbersRule(
  settings: PreviewedSettings,
  installation: readonly NumberType[],
): Rule {
  const allowed = { installation, project: settings.allowedNumberTypes ?? [] };
  return ({ toNumber }) =>
    (numberTypeRefusal(costlyTypeOf(toNumber), allowed) ?? calleeRefusal(settings, toNumber)) !==
    undefined;
}

/** By day and month of UTC, from what the calls cost; what was paid in before is not known here. */
function budgetRule({ budget }: PreviewedSettings): Rule {
  if (budget === undefined) return () => false;
  const { day = Infinity, month = Infinity } = capsOf(budget);
  const spent = new Map<string, number>();
  return ({ calledAt, costInUSDCents }) => {
    const cost = Math.round(costInUSDCents * MICRO_PER_CENT);
    const iso = calledAt.toISOString();
    const periods = [
      { key: iso.slice(0, 10), most: day },
      { key: iso.slice(0, 7), most: month },
    ];
    const after = periods.map(({ key }) => (spent.get(key) ?? 0) + cost);
    if (periods.some(({ most }, index) => after[index]! > most)) return true;
    for (const [index, { key }] of periods.entries()) spent.set(key, after[index]!);
    return false;
  };
}
