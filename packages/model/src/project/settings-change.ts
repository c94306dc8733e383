import { z } from "zod";

import { CallLogError } from "../error/call-log-error.ts";
import { type Project, projectSettings, type ProjectSettings } from "./project.ts";

/**
 * Settings with what they were when they were read, so that nobody's change is undone unseen; null is a setting that
 * the project lacked.
 */
export const settingsChange = projectSettings.safeExtend({
  was: z
    .partialRecord(projectSettings.keyof(), z.json(), {
      error: "must be settings with the values that they had",
    })
    .optional()
    .meta({
      description:
        "The values that the settings had when they were read; refused as a CONFLICT when one of them is another one by now",
    }),
});

/** Settings with what they were when they were read, as a caller writes them. */
export type SettingsChange = z.input<typeof settingsChange>;

/**
 * Throws a CONFLICT with the present values when a setting is not what it was when it was read; one that is already as it is wanted is
 * no matter.
 */
export function requireUnchanged(project: Project, { was = {}, ...wanted }: SettingsChange): void {
  const names = Object.keys(was) as (keyof ProjectSettings)[];
  const changed = names.filter(
    (name) =>
      !isSameSetting(project[name], was[name]) && !isSameSetting(project[name], wanted[name]),
  );
  if (changed.length === 0) return;
  const present = Object.fromEntries(changed.map((name) => [name, project[name] ?? null]));
  const text = `${changed.join(", ")}: changed by somebody else since it was read; read it again`;
  throw new CallLogError("CONFLICT", text, { present });
}

/** Whether two settings are the same; null and missing are, and the order of an object's fields is no difference. */
export function isSameSetting(a: unknown, b: unknown): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, inOrder(one)]));
}
