import type { SpokenStep } from "./spoken-step.ts";
import { spokenForm } from "./spoken-text.ts";

/** Where a text is in a list of steps, such as `[0, "gather", "on", "4", "say"]`. */
export type TextPath = readonly (string | number)[];

/** The steps with each text that is said replaced: that of steps, questions, branches and silence. */
export function mapTexts(
  steps: readonly SpokenStep[],
  change: (text: string, path: TextPath) => string,
): SpokenStep[] {
  return steps.map((step, index) => replaced(step, change, [index]) as SpokenStep);
}

/** Recorded steps as a carrier can be sent them, also those that were recorded before texts were cleaned. */
export function speakable(steps: readonly SpokenStep[]): SpokenStep[] {
  return mapTexts(steps, spokenForm).map((step) =>
    "play" in step && URL.canParse(step.play) ? { play: new URL(step.play).href } : step,
  );
}

/**
 * Paths of the texts in which nothing is left to say; the path of all, `[]`, for no step, which is what an empty text
 * becomes.
 */
export function emptyTexts(steps: readonly SpokenStep[]): TextPath[] {
  if (steps.length === 0) return [[]];
  const paths: TextPath[] = [];
  mapTexts(steps, (text, path) => {
    if (text === "") paths.push(path);
    return text;
  });
  return paths;
}

// Every text that is said is under the name `say`, however deep: a text of a kind that is added later is not forgotten.
function replaced(
  value: unknown,
  change: (text: string, path: TextPath) => string,
  path: TextPath,
): unknown {
  if (typeof value === "string") return path.at(-1) === "say" ? change(value, path) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((inner, index) => replaced(inner, change, [...path, index]));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, replaced(inner, change, [...path, name])]),
  );
}
