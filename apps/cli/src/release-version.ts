import { readFileSync } from "node:fs";

/** The release of this command line, as its package says it. */
export function releaseVersion(): string {
  // Beside the sources as well as beside what is built of them.
  const file = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}
