/** How a check went: `warn` is worth a look, `fail` has to be mended. */
export type CheckLevel = "ok" | "warn" | "fail";

/** One thing that was looked at. */
export interface Check {
  name: string;
  level: CheckLevel;
  /** What was found. */
  detail: string;
  /** What to do about it; empty when nothing is. */
  remedy: string;
}

/** A check that went well. */
export function good(name: string, detail: string): Check {
  return { name, level: "ok", detail, remedy: "" };
}

/** A check that did not. */
export function bad(
  name: string,
  level: "warn" | "fail",
  words: [detail: string, remedy: string],
): Check {
  return { name, level, detail: words[0], remedy: words[1] };
}
