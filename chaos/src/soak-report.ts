import { cpus } from "node:os";

import type { Sent } from "./soak-load.ts";
import type { Findings } from "./verdict.ts";

/** What a soak came to. */
export interface SoakResult {
  sent: Sent;
  /** Milliseconds until a call that was sent at the kill was dialled, by what was killed. */
  recoveries: ReadonlyMap<string, readonly number[]>;
  minutes: number;
  database: string;
  /** Load of the machine over five minutes. */
  load: number;
  placed: number;
  held: number;
  findings: Findings;
}

const WORDS: readonly [keyof Findings, string][] = [
  ["lost", "lost"],
  ["dialledTwice", "dialled twice"],
  ["unbound", "not bound"],
  ["invented", "invented"],
  ["stuck", "stuck"],
  ["wrongCost", "wrong cost"],
];

/** The numbers of a soak as Markdown. */
export function soakText(result: SoakResult): string {
  const { sent, recoveries, minutes, database, load, placed, held, findings } = result;
  const day = new Date().toISOString().slice(0, 10);
  const calls = sent.accepted.length;
  const kills = [...recoveries.values()].flat().length;
  const found = WORDS.map(([kind, word]) => `${word} ${findings[kind].length}`).join(", ");
  const rows = [...recoveries].map(([name, times]) => {
    const sorted = times.toSorted((a, b) => a - b);
    return `| ${name} | ${times.length} | ${secondsOf(quantile(sorted, 0.5))} | ${secondsOf(sorted.at(-1) ?? 0)} |`;
  });
  const answers = sent.answerMs.toSorted((a, b) => a - b);
  return [
    `Run on ${day}, Node ${process.version}, ${cpus().length} cores with a load of ${load.toFixed(1)}.`,
    `nginx, 2 APIs, 2 workers, ${database}, Redis without persistence:`,
    "",
    "| what | number |",
    "| --- | --- |",
    `| minutes | ${minutes} |`,
    `| kills | ${kills} |`,
    `| calls accepted | ${calls}, ${(calls / minutes / 60).toFixed(1)} a second |`,
    `| placed by the carrier | ${placed} |`,
    `| time to accept, p50 and p99 | ${Math.round(quantile(answers, 0.5))} ms and ${Math.round(quantile(answers, 0.99))} ms |`,
    `| answers with an error, after which the request was sent again | ${sent.refused} |`,
    `| findings | ${found} |`,
    `| held, rightly | ${held} |`,
    "",
    "| killed | times | until a call sent then was dialled: median | longest |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function secondsOf(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
