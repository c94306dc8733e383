import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const RULE = ["error", { max: 60, skipBlankLines: true, skipComments: true }];

/** Files of a checkout with a function of more than 60 lines, one entry a function; counted by oxlint, blank lines and comments apart. */
export function longFunctions(root: string): string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), "call-log-metrics-"));
  const config = path.join(folder, "oxlintrc.json");
  const rules = { "max-lines-per-function": RULE };
  writeFileSync(config, JSON.stringify({ categories: { correctness: "off" }, rules }));
  const oxlint = path.join(import.meta.dirname, "../../node_modules/.bin/oxlint");
  const { stdout, stderr } = spawnSync(
    oxlint,
    ["--config", config, "--disable-nested-config", "--format", "json"],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  rmSync(folder, { recursive: true });
  if (!stdout.startsWith("{")) throw new Error(`oxlint said no JSON: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string }[] };
  return diagnostics.map(({ filename }) => filename.replaceAll("\\", "/"));
}
