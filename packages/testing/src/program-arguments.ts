import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The package as users install it, and what it is called with to be one of our programs. */
const PACKAGE = fileURLToPath(new URL("../../../apps/call-log/dist/main.js", import.meta.url));
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "apps/cli/src/main.ts": [],
  "apps/standalone/src/main.ts": ["start"],
  "apps/api/src/main.ts": ["api"],
  "apps/worker/src/main.ts": ["worker"],
};

/**
 * Arguments with which Node runs a TypeScript program of the checkout: its source, or, with TEST_FROM_BUILD=1, what
 * `npm run build` made of it and of the packages, which starts in half the time. With TEST_FROM_BUILD=package it is the package
 * `call-log` for the programs that are in it, which starts in a third; what was changed since the build is not in it.
 */
export function programArguments(
  source: string,
  { TEST_FROM_BUILD: from }: NodeJS.ProcessEnv = process.env,
): string[] {
  if (from !== "1" && from !== "package") return ["--import", "tsx", "--conditions=source", source];
  const [, command] = Object.entries(COMMANDS).find(([name]) => source.endsWith(name)) ?? [];
  if (from === "package" && command !== undefined) return [PACKAGE, ...command];
  const built = source.replace("/src/", "/dist/").replace(/\.ts$/, ".js");
  return existsSync(built) ? [built] : ["--import", "tsx", source];
}
