import { z } from "zod";

import { actor } from "../audit/actor.ts";
import { calleeLimits } from "../callee/callee-limits.ts";
import { allowedCountries, allowedNumberTypes, blockedPrefixes } from "../callee/callee-rules.ts";
import { quietHours } from "../callee/quiet-hours.ts";
import { maskedNumber } from "../phone/masked-number.ts";
import { countryOf, phoneNumber } from "../phone/phone-number.ts";
import { objectId } from "../value/object-id.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { shortText, trimmedText } from "../value/short-text.ts";
import { timestamp } from "../value/timestamp.ts";
import { budget } from "./budget.ts";

const name = trimmedText(100).meta({ description: "Name of the project", example: "Shop" });

const fromNumbers = z
  .array(phoneNumber)
  .max(100, { error: "must be at most 100 numbers" })
  .meta({
    description:
      "Numbers to call from; the first is the default. A number belongs to one project; the operator can lend it to others",
    example: ["+15559998888"],
  });

const providerChain = z
  .array(shortText(50))
  .max(10, { error: "must name at most 10 providers" })
  .meta({
    description:
      "Provider accounts in the order in which they are tried; empty for those of the installation, in its order",
    example: ["twilio"],
  });

const retentionDays = z
  .number({ error: "must be a number of days" })
  .int({ error: "must be whole days" })
  .min(1, { error: "must be at least 1 day" })
  .max(36_500, { error: "must be at most 36500 days" })
  .meta({
    description:
      "Days that a call log is kept after the end of its call; without limit when absent",
    example: 90,
  });

const callsPerSecond = z
  .number({ error: "must be a number of calls" })
  .positive({ error: "must be more than 0 calls" })
  .max(1000, { error: "must be at most 1000 calls" })
  .meta({
    description:
      "Calls that the project may start per second, over all providers; fractions allowed; no limit when absent",
    example: 2.5,
  });

/** Settings that a project may lack. */
const optionalSettings = z.object({
  allowedCountries,
  allowedNumberTypes,
  blockedPrefixes,
  budget,
  calleeLimits,
  callsPerSecond,
  quietHours,
  retentionDays,
});

/** What is needed to create a project. */
export const newProject = onlyKeys({
  id: objectId.optional(),
  name,
  fromNumbers: fromNumbers.default([]),
  providerChain: providerChain.default([]),
  ...optionalSettings.partial().shape,
}).meta({ id: "NewProject", title: "New project" });

/** What is needed to create a project, as a caller writes it. */
export type NewProject = z.input<typeof newProject>;

/** Settings of a project that can be changed; null takes one away. */
export const projectSettings = onlyKeys({
  name,
  fromNumbers,
  providerChain,
  allowedCountries: allowedCountries.nullable(),
  allowedNumberTypes: allowedNumberTypes.nullable(),
  blockedPrefixes: blockedPrefixes.nullable(),
  budget: budget.nullable(),
  calleeLimits: calleeLimits.nullable(),
  callsPerSecond: callsPerSecond.nullable(),
  quietHours: quietHours.nullable(),
  retentionDays: retentionDays.nullable(),
})
  .partial()
  .refine((settings) => Object.values(settings).some((value) => value !== undefined), {
    error: "must change at least one setting",
  })
  .meta({ id: "ProjectSettings", title: "Settings of a project" });

/** Settings of a project that can be changed, as a caller writes them. */
export type ProjectSettings = z.input<typeof projectSettings>;

const pause = z.object({ reason: z.string(), at: timestamp, by: actor.optional() });

/** A project: whose calls they are, and how they are placed. */
export const project = z
  .object({
    _id: z.string(),
    name: z.string(),
    fromNumbers: z.array(z.string()),
    providerChain: z.array(z.string()),
    ...optionalSettings.partial().shape,
    /** Paused by itself: its calls wait until it resumes. */
    paused: pause.optional(),
    /** Paused by an operator, beside its own pause: its calls wait until an operator resumes it. */
    operatorPause: pause.optional(),
    createdAt: timestamp,
  })
  .meta({ id: "Project", title: "Project" });

/** A project: whose calls they are, and how they are placed. */
export type Project = z.output<typeof project>;

/** What a key that reads masked call logs sees of its project as it is. */
const SHOWN_MASKED: readonly string[] = [
  "_id",
  "name",
  "providerChain",
  "createdAt",
  "allowedCountries",
  "allowedNumberTypes",
  "budget",
  "callsPerSecond",
  "quietHours",
  "retentionDays",
] satisfies (keyof Project)[];

/**
 * A project as a key that reads masked call logs sees it: an allow-list, without whole numbers and without who paused
 * it and why.
 */
export function maskedProject(project: Project): Project {
  const shown = Object.entries(project).filter(([name]) => SHOWN_MASKED.includes(name));
  return {
    ...(Object.fromEntries(shown) as Project),
    fromNumbers: project.fromNumbers.map(maskedNumber),
    ...(project.paused && { paused: { reason: "hidden", at: project.paused.at } }),
  };
}

/** The project's number for the callee's country, else its default; undefined for a project without numbers. */
export function fromNumberFor(
  { fromNumbers }: Pick<Project, "fromNumbers">,
  toNumber: string,
): string | undefined {
  // Parsing a number costs more than all the rest here.
  if (fromNumbers.length < 2) return fromNumbers[0];
  const country = countryOf(toNumber);
  const domestic =
    country === undefined ? undefined : fromNumbers.find((number) => countryOf(number) === country);
  return domestic ?? fromNumbers[0];
}
