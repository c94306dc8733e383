import { existsSync } from "node:fs";

/**
 * Arguments with which Node runs a TypeScript program of the checkout: its source, or, with TEST_FROM_BUILD=1, what
 * `npm run build` made of it and of the packages, which starts in half the time.
 */
export function programArguments(
  source: string,
  { TEST_FROM_BUILD: fromBuild }: NodeJS.ProcessEnv = process.env,
): string[] {
  if (fromBuild !== "1") return ["--import", "tsx", "--conditions=source", source];
  const built = source.replace("/src/", "/dist/").replace(/\.ts$/, ".js");
  return existsSync(built) ? [built] : ["--import", "tsx", source];
}
