import type { Outputs } from "../../api.ts";

/** Key of the project in the query cache. */
export const PROJECT = ["project"] as const;

/** The project, as the server returns it. */
export type Project = Outputs["projects"]["get"];

/** The words of a text, separated by commas, spaces or lines. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

/** The countries of a text, by their two letters, which people also write in lower case. */
export function countriesOf(text: string): string[] {
  return wordsOf(text.toUpperCase());
}

/** The lines of a text, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
