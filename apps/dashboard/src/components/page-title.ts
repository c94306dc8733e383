/** Longest part of a tab's title that names the screen. */
const LONGEST = 60;

/** Title of the browser's tab: what is shown first, because a tab shows the beginning. */
export function pageTitle(words: string): string {
  const one = words.replaceAll(/\s+/g, " ").trim();
  const shown = one.length > LONGEST ? `${one.slice(0, LONGEST - 1).trimEnd()}…` : one;
  return shown === "" ? "call-log" : `${shown} – call-log`;
}
