import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import type { TestProject } from "vitest/node";

import { leaksIn } from "./packages/testing/src/leaks.ts";
import { featureFaults } from "./packages/testing/src/mongo-features.ts";

const FEATURES = ".features";

/** A check of what the tests of a run left behind; returns what it found. */
type Check = (files: readonly string[], project: TestProject) => Promise<string | undefined>;

/** Each log of the run, and each list of what was asked of the embedded MongoDB, goes to a folder, which is checked at the end. */
export default function setUp(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "call-log-suite-"));
  process.env["SUITE_LOG_DIR"] = folder;
  return async () => {
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    const found = await Promise.all([leaks, features].map((check) => check(files, project)));
    rmSync(folder, { recursive: true });
    const faults = found.filter((fault) => fault !== undefined);
    if (faults.length === 0) return;
    // An error alone is reported, but the run would end well.
    process.exitCode = 1;
    throw new Error(faults.join("\n\n"));
  };
}

// A number, a spoken text or a key in a log fails the run.
const leaks: Check = async (files) => {
  const found = textsOf(files, (file) => !file.endsWith(FEATURES)).flatMap(leaksIn);
  if (found.length === 0) return undefined;
  const shown = found.slice(0, 10).map(({ what, line }) => `${what} in: ${line}`);
  return `${found.length} lines of the logs hold what no log may:\n${shown.join("\n")}`;
};

// The embedded MongoDB supports what call-log sends, and nothing else.
const features: Check = async (files, project) => {
  if (process.env["MONGODB_URI"] !== undefined) return undefined;
  const sent = new Set(
    textsOf(files, (file) => file.endsWith(FEATURES)).flatMap((text) =>
      text.split("\n").slice(0, -1),
    ),
  );
  const { SUPPORTED_FEATURES } =
    await import("./packages/embedded-mongo/src/supported-features.ts");
  const isComplete = await ranStore(project);
  const faults = featureFaults({ sent, supported: SUPPORTED_FEATURES, isComplete });
  if (faults.length === 0) return undefined;
  return `What is sent to the embedded MongoDB is not what it supports:\n${faults.join("\n")}`;
};

// All that is sent goes through the store, so its tests send all of it.
async function ranStore(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles(["packages/store/"]);
  const ran = new Set(project.vitest.state.getPaths());
  return (
    project.vitest.config.testNamePattern === undefined && testFiles.every((file) => ran.has(file))
  );
}

function textsOf(files: readonly string[], isWanted: (file: string) => boolean): string[] {
  return files.filter(isWanted).map((file) => readFileSync(file, "utf8"));
}
