import { filesUnder, textOf } from "./markdown.ts";

const FOLDERS = ["packages/dispatcher/src", "packages/runtime/src", "apps/api/src"];

/** A call of a log, up to its text. */
const LINE = /[lL]og\)?\.(info|warn|error)\(\s*(?:[^;"]|"(?:[^"\s]*|\s+)")*?"(\w[^"]*\s[^"]*)"/g;
const OUTAGE = /\b(away|back): "([^"]+)"/g;

/** The level of every line whose text stands in the code, by its text. */
export function logLines(): Map<string, string> {
  const sources = FOLDERS.flatMap(filesUnder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map(textOf);
  return new Map(
    sources.flatMap((source) => [
      ...[...source.matchAll(LINE)].map(([, level, text]) => [text!, level!] as const),
      ...[...source.matchAll(OUTAGE)].map(
        ([, when, text]) => [text!, when === "away" ? "warn" : "info"] as const,
      ),
    ]),
  );
}
