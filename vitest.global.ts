import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { leaksIn } from "./packages/testing/src/leaks.ts";

/** Every log of the run goes to a folder; a number, a spoken text or a key in one of them fails the run. */
export default function setUp(): () => void {
  const folder = mkdtempSync(path.join(os.tmpdir(), "call-log-suite-"));
  process.env["SUITE_LOG_DIR"] = folder;
  return () => {
    const logs = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
    rmSync(folder, { recursive: true });
    const leaks = logs.flatMap(leaksIn);
    if (leaks.length === 0) return;
    // An error alone is reported, but the run would end well.
    process.exitCode = 1;
    const shown = leaks.slice(0, 10).map(({ what, line }) => `${what} in: ${line}`);
    throw new Error(`${leaks.length} lines of the logs hold what no log may:\n${shown.join("\n")}`);
  };
}
