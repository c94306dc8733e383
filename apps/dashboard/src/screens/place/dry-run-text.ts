import type { CallPreview } from "@call-log/model";

import { aboutMoney } from "../../components/money-text.ts";
import { calleeTime } from "../../format/callee-time.ts";
import { t, tIn } from "../../language/translate.ts";
import { refusalReason } from "../../words/reason-words.ts";
import { statusName } from "../../words/status-words.ts";

/** One statement of a dry run: what would happen, with a link to what it is about. */
export interface DryRunLine {
  tone: "good" | "bad" | "wait" | "info";
  text: string;
  link?: { href: string; label: string };
}

/** How times are written, and the present. */
export interface DryRunTimes {
  day: (iso: string) => string;
  now: Date;
}

/** What would become of a call, the worst first, in sentences. */
export function dryRunLines(preview: CallPreview, times: DryRunTimes): DryRunLine[] {
  const { refusal, repeatedAs } = preview;
  if (repeatedAs !== null)
    return [
      {
        tone: "wait",
        text: t(
          "Nothing would ring: this idempotency key has placed a call already. Its status is {status}.",
          { status: statusName(repeatedAs.status) },
        ),
        link: { href: `/calls/${repeatedAs._id}`, label: t("Show it") },
      },
    ];
  if (refusal !== null)
    return [
      {
        tone: "bad",
        text: t("It would be refused: {refusal}.", { refusal: refusalReason(refusal) }),
      },
    ];
  const waits = waitLines(preview, times);
  const budget = budgetLines(preview);
  const isSure = waits.length === 0 && budget.every(({ tone }) => tone !== "bad");
  return [
    ...budget.filter(({ tone }) => tone === "bad"),
    ...waits,
    routeLine(preview, isSure),
    hourLine(preview, times),
    costLine(preview),
    ...budget.filter(({ tone }) => tone !== "bad"),
  ];
}

function routeLine({ toNumber, fromNumber, providers }: CallPreview, isSure: boolean): DryRunLine {
  const names = providers.map(({ name, isPaused, isSimulated }) => {
    const notes = [
      ...(isPaused ? [tIn("provider", "paused")] : []),
      ...(isSimulated ? [t("rings no phone")] : []),
    ];
    return notes.length === 0 ? name : `${name} (${notes.join(", ")})`;
  });
  const numbers = { toNumber, fromNumber: fromNumber ?? "" };
  const through = { ...numbers, providers: names.join(t(", else ")) };
  if (isSure)
    return {
      tone: "good",
      text:
        names.length === 0
          ? t("It would call {toNumber} from {fromNumber}.", numbers)
          : t("It would call {toNumber} from {fromNumber} through {providers}.", through),
    };
  return {
    tone: "info",
    text:
      names.length === 0
        ? t("Then it would call {toNumber} from {fromNumber}.", numbers)
        : t("Then it would call {toNumber} from {fromNumber} through {providers}.", through),
  };
}

function waitLines(
  { isProjectPaused, providers, quietUntil }: CallPreview,
  { day }: DryRunTimes,
): DryRunLine[] {
  const lines: DryRunLine[] = [];
  if (isProjectPaused)
    lines.push({
      tone: "wait",
      text: t("It would wait: the project is paused until it is resumed."),
    });
  if (providers.length > 0 && providers.every(({ isPaused }) => isPaused))
    lines.push({
      tone: "wait",
      text: t("It would wait: every provider is paused until an operator resumes one."),
      link: { href: "/system", label: t("Health") },
    });
  if (quietUntil !== null)
    lines.push({
      tone: "wait",
      text: t("It would wait until {when}: quiet hours.", { when: day(quietUntil) }),
      link: { href: "/settings", label: t("Settings") },
    });
  return lines;
}

function hourLine({ zones, isZoneStated }: CallPreview, { now }: DryRunTimes): DryRunLine {
  const time = calleeTime(zones, now);
  return {
    tone: "info",
    text: isZoneStated
      ? t("The callee's time: {time}.", { time })
      : t("The callee's time, by the number: {time}.", { time }),
  };
}

function costLine({ pastCost, providers }: CallPreview): DryRunLine {
  if (providers.length > 0 && providers.every(({ isSimulated }) => isSimulated))
    return {
      tone: "info",
      text: t("It would cost nothing: no phone rings, and its price is simulated."),
    };
  if (pastCost === null)
    return {
      tone: "info",
      text: t("What it costs is not known: no call to that country has a price yet."),
    };
  const { calls, meanUSDCents } = pastCost;
  return {
    tone: "info",
    text: t(
      "It would cost {amount}: {calls, plural, one {the only call} other {the mean of # calls}} to that country in 90 days.",
      { amount: aboutMoney(meanUSDCents), calls },
    ),
    link: { href: "/costs", label: t("Costs") },
  };
}

function budgetLines({ budget }: CallPreview): DryRunLine[] {
  if (budget === null) return [];
  const left = [
    budget.day && t("{amount} USD of today", { amount: budget.day.leftUSD }),
    budget.month && t("{amount} USD of this month", { amount: budget.month.leftUSD }),
    budget.prepaid && t("{amount} USD prepaid", { amount: budget.prepaid.leftUSD }),
  ].filter(Boolean);
  const state = { left: left.join(", "), reserve: budget.reserveUSD };
  const link = { href: "/settings", label: t("Settings") };
  if (budget.fits)
    return [
      {
        tone: "info",
        text: t("Left of the budget: {left}. {reserve} USD are set aside for a call.", state),
        link,
      },
    ];
  return [
    {
      tone: "bad",
      text: t(
        "It would end as Out of budget without ringing. Left of the budget: {left}. {reserve} USD are set aside for a call, which is more.",
        state,
      ),
      link,
    },
  ];
}
