import { fileURLToPath } from "node:url";

import { readSettings } from "./config.ts";
import { writeSection } from "./results-file.ts";
import { runEnvironment } from "./run-environment.ts";
import type { Suite } from "./suite.ts";
import { chosenSuites } from "./suites.ts";
import { tableText } from "./table.ts";
import { type Report, targetTable } from "./targets.ts";

const RESULTS = fileURLToPath(new URL("../RESULTS.md", import.meta.url));

const { only, runs, ...settings } = readSettings();

async function report(suite: Suite): Promise<void> {
  const { name, title } = suite;
  settings.say(title);
  const reports: Report[] = [];
  for (let run = 0; run < runs; run += 1) reports.push(await suite.run(settings));
  const targets = targetTable(name, reports);
  const blocks = [...(targets === undefined ? [] : [targets]), ...(reports.at(-1) ?? [])];
  const texts = blocks.map((block) => (typeof block === "string" ? block : tableText(block)));
  const text = [`## ${title}`, runEnvironment(), ...texts].join("\n\n");
  process.stdout.write(`${text}\n\n`);
  // A quick run or a part shows the way; what is kept is a whole one.
  const isWhole = !settings.quick && settings.reads === "" && settings.peers.includes("");
  if (isWhole) await writeSection(RESULTS, name, text);
}

// By ending as it should, a run that is broken off takes its processes with it.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
for (const suite of chosenSuites(only)) await report(suite);
