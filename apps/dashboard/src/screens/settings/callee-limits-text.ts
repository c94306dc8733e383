import type { CalleeLimits } from "@call-log/model";

import { linesOf } from "./project.ts";

/** The limits as text: a line each, such as `3 in 900`; empty without limits of the project. */
export function textOfCalleeLimits(limits: CalleeLimits | undefined): string {
  if (limits === undefined || limits === "off") return limits ?? "";
  return limits.map(({ calls, seconds }) => `${calls} in ${seconds}`).join("\n");
}

/** The limits in such a text; the server refuses what is not a number. */
export function calleeLimitsOf(text: string): CalleeLimits | null {
  const lines = linesOf(text);
  if (lines.length === 0) return null;
  if (lines.length === 1 && lines[0]?.toLowerCase() === "off") return "off";
  return lines.map((line) => {
    const [calls, seconds] = line.split(/\s*in\s*/).map(Number);
    return { calls: calls ?? Number.NaN, seconds: seconds ?? Number.NaN };
  });
}
