import { loadavg } from "node:os";
import { parseArgs } from "node:util";

import { startInstallation } from "./installation.ts";
import { writeBetween } from "./report.ts";
import { settled } from "./run-scenario.ts";
import { recoveryAfter, startLoad } from "./soak-load.ts";
import { soakText, type SoakResult } from "./soak-report.ts";
import { countFindings, findingsOf, heldOf } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    /** How long calls are sent and things are killed. */
    minutes: { type: "string", default: "10" },
    /** Calls a second. */
    rate: { type: "string", default: "5" },
    /** Seconds from one kill to the next. */
    every: { type: "string", default: "20" },
    /** The program of nginx. */
    nginx: { type: "string", default: "nginx" },
    /** The program of SecantusDB's server; without it the embedded MongoDB, in a process of its own. */
    secantusd: { type: "string" },
    /** How long log and ledger may take to agree at the end, in seconds. */
    settle: { type: "string", default: "240" },
    /** Write the numbers into docs/reference/reliability.md. */
    write: { type: "boolean", default: false },
  },
});

/** What is killed, in turn. */
const TURNS = ["redis", "worker 0", "api 0", "database", "worker 1", "api 1"] as const;

async function soak(): Promise<SoakResult> {
  const { secantusd, nginx } = values;
  const installation = await startInstallation({
    database: secantusd === undefined ? "embedded" : { secantusd },
    carrier: "simulated",
    apis: 2,
    nginx,
  });
  const { redis, mongo, workers, apis, carrier } = installation;
  const processes = [redis, workers[0]!, apis[0]!, mongo, workers[1]!, apis[1]!] as const;
  try {
    const endsAt = performance.now() + Number(values.minutes) * 60_000;
    const load = startLoad(installation, Number(values.rate));
    const recoveries = new Map<string, number[]>();
    for (let turn = 0; ; turn = (turn + 1) % TURNS.length) {
      await load.pass(Number(values.every) * 1000);
      if (performance.now() >= endsAt) break;
      processes[turn]!.kill();
      const name = TURNS[turn]!;
      const milliseconds = await recoveryAfter({ load, carrier });
      recoveries.set(name, [...(recoveries.get(name) ?? []), milliseconds]);
      process.stderr.write(`${name} killed; a new call was dialled after ${milliseconds} ms\n`);
    }
    const sent = await load.end();
    const evidence = await settled(installation, sent.accepted, Number(values.settle));
    return {
      sent,
      recoveries,
      minutes: Number(values.minutes),
      database: secantusd === undefined ? "embedded-mongo" : "SecantusDB",
      load: loadavg()[1]!,
      placed: evidence.ledger.length,
      held: heldOf(evidence).length,
      findings: findingsOf(evidence),
    };
  } finally {
    await installation.close();
  }
}

const result = await soak();
const text = soakText(result);
process.stdout.write(`${text}\n`);
if (values.write) await writeBetween("soak", text);
process.exitCode = countFindings(result.findings) > 0 ? 1 : 0;
