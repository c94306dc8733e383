import { type CallPreview, dollars } from "@call-log/model";

import { counted } from "./counted.ts";
import { shownTimes } from "./shown-times.ts";

/** What would become of a request, in sentences. */
export function previewText(preview: CallPreview): string {
  const { toNumber, fromNumber, refusal, repeatedAs } = preview;
  if (repeatedAs !== null)
    return `The same call was placed today as ${repeatedAs._id}; its status is ${repeatedAs.status}. Nothing would ring again.`;
  if (refusal !== null) return `The call to ${toNumber} would be refused: ${refusal}.`;
  return [
    `It would call ${toNumber} from ${fromNumber}${providersText(preview)}. The number may be called.`,
    ...waitText(preview),
    ...budgetText(preview),
    costText(preview),
  ].join(" ");
}

function providersText({ providers }: CallPreview): string {
  const names = providers.map(({ name, isPaused, isSimulated }) => {
    const notes = [...(isPaused ? ["paused"] : []), ...(isSimulated ? ["rings no phone"] : [])];
    return notes.length === 0 ? name : `${name} (${notes.join(", ")})`;
  });
  return names.length === 0 ? "" : ` through ${names.join(", else ")}`;
}

function waitText({ isProjectPaused, providers, quietUntil, zones, isZoneStated }: CallPreview) {
  const isStopped = providers.length > 0 && providers.every(({ isPaused }) => isPaused);
  const zone = isZoneStated ? (zones[0] ?? "UTC") : "UTC";
  return [
    ...(isProjectPaused ? ["The project is paused: the call waits until it is resumed."] : []),
    ...(isStopped ? ["Every provider is paused: the call waits until one is resumed."] : []),
    ...(quietUntil === null
      ? []
      : [`Quiet hours hold it until ${shownTimes(zone).day(quietUntil)}.`]),
  ];
}

function budgetText({ budget }: CallPreview): string[] {
  if (budget === null) return [];
  const left = [
    budget.day && `${budget.day.leftUSD} USD of today's budget`,
    budget.month && `${budget.month.leftUSD} USD of this month's`,
    budget.prepaid && `${budget.prepaid.leftUSD} USD of what was paid in`,
  ].filter(Boolean);
  const state = `${left.join(", ")} are left; ${budget.reserveUSD} USD are set aside for a call`;
  return [
    budget.fits ? `${state}.` : `${state}: it does not fit, and the call would end as Low Balance.`,
  ];
}

function costText({ pastCost }: CallPreview): string {
  if (pastCost === null)
    return "What it costs is not known: no call to that country had a price yet.";
  const { calls, meanUSDCents } = pastCost;
  return `It costs about ${dollars(meanUSDCents)}, the mean of ${counted(calls, "call")} to that country.`;
}
