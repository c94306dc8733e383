import type { CallPreview } from "@call-log/model";

import { moneyText } from "../../components/money-text.ts";
import { calleeTime } from "../../format/callee-time.ts";

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
        text: `Nothing would ring: this idempotency key has placed a call already. Its status is ${repeatedAs.status}.`,
        link: { href: `/calls/${repeatedAs._id}`, label: "Show it" },
      },
    ];
  if (refusal !== null) return [{ tone: "bad", text: `It would be refused: ${refusal}.` }];
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
    const notes = [...(isPaused ? ["paused"] : []), ...(isSimulated ? ["rings no phone"] : [])];
    return notes.length === 0 ? name : `${name} (${notes.join(", ")})`;
  });
  const through = names.length === 0 ? "" : ` through ${names.join(", else ")}`;
  const start = isSure ? "It would call" : "Then it would call";
  return {
    tone: isSure ? "good" : "info",
    text: `${start} ${toNumber} from ${fromNumber}${through}.`,
  };
}

function waitLines(
  { isProjectPaused, providers, quietUntil }: CallPreview,
  { day }: DryRunTimes,
): DryRunLine[] {
  const lines: DryRunLine[] = [];
  if (isProjectPaused)
    lines.push({ tone: "wait", text: "It would wait: the project is paused until it is resumed." });
  if (providers.length > 0 && providers.every(({ isPaused }) => isPaused))
    lines.push({
      tone: "wait",
      text: "It would wait: every provider is paused until an operator resumes one.",
      link: { href: "/system", label: "Health" },
    });
  if (quietUntil !== null)
    lines.push({
      tone: "wait",
      text: `It would wait until ${day(quietUntil)}: quiet hours.`,
      link: { href: "/settings", label: "Settings" },
    });
  return lines;
}

function hourLine({ zones, isZoneStated }: CallPreview, { now }: DryRunTimes): DryRunLine {
  const source = isZoneStated ? "" : ", by the number";
  return { tone: "info", text: `The callee's time${source}: ${calleeTime(zones, now)}.` };
}

function costLine({ pastCost }: CallPreview): DryRunLine {
  if (pastCost === null)
    return {
      tone: "info",
      text: "What it costs is not known: no call to that country has a price yet.",
    };
  const { calls, meanUSDCents } = pastCost;
  const of = calls === 1 ? "the only call" : `the mean of ${calls.toLocaleString("en")} calls`;
  return {
    tone: "info",
    text: `It would cost about ${moneyText(meanUSDCents)}: ${of} to that country in 90 days.`,
    link: { href: "/costs", label: "Costs" },
  };
}

function budgetLines({ budget }: CallPreview): DryRunLine[] {
  if (budget === null) return [];
  const left = [
    budget.day && `${budget.day.leftUSD} USD of today`,
    budget.month && `${budget.month.leftUSD} USD of this month`,
    budget.prepaid && `${budget.prepaid.leftUSD} USD prepaid`,
  ].filter(Boolean);
  const state = `Left of the budget: ${left.join(", ")}. ${budget.reserveUSD} USD are set aside for a call`;
  const link = { href: "/settings", label: "Settings" };
  if (budget.fits) return [{ tone: "info", text: `${state}.`, link }];
  return [
    {
      tone: "bad",
      text: `It would end as Low Balance without ringing. ${state}, which is more.`,
      link,
    },
  ];
}
