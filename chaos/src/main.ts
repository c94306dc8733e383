import { parseArgs } from "node:util";

import type { DatabaseChoice } from "./installation.ts";
import { type Mutant, MUTANT_NAMES, type MutantName, MUTANTS } from "./mutants.ts";
import { previousRelease } from "./release.ts";
import { reportText, writeReport } from "./report.ts";
import { runScenario, type Outcome } from "./run-scenario.ts";
import { SCENARIOS } from "./scenario.ts";
import { countFindings } from "./verdict.ts";

/** Name of what the run stands on, as the page has it. */
function placeOf(): string {
  if (values.twilio) return "Twilio's fake";
  return database === "embedded" ? "embedded-mongo" : "SecantusDB";
}

function mutantOf(name: string | undefined): (Mutant & { name: MutantName }) | undefined {
  if (name === undefined) return undefined;
  const known = MUTANT_NAMES.find((one) => one === name);
  if (known === undefined) throw new Error(`--mutant must be one of: ${MUTANT_NAMES.join(", ")}`);
  return { ...MUTANTS[known], name: known };
}

const { values } = parseArgs({
  options: {
    /** A tenth of everything; what CI runs. */
    quick: { type: "boolean", default: false },
    /** The program of SecantusDB's server; without it the embedded MongoDB, in a process of its own. */
    secantusd: { type: "string" },
    /** Let Twilio's fake place the calls, instead of the simulated provider. */
    twilio: { type: "boolean", default: false },
    /** How long log and ledger may take to agree after the last fault, in seconds. */
    settle: { type: "string", default: "240" },
    /** Only scenarios with this text in their name. */
    only: { type: "string", default: "" },
    /** A defect to put into the workers; the run succeeds when its rows find it. */
    mutant: { type: "string" },
    /** The commit or tag of the release that upgrades begin with. */
    since: { type: "string" },
    /** Write the table into docs/reference/reliability.md. */
    write: { type: "boolean", default: false },
  },
});

const database: DatabaseChoice =
  values.secantusd === undefined ? "embedded" : { secantusd: values.secantusd };
const carrier = values.twilio ? "twilio" : "simulated";
const mutant = mutantOf(values.mutant);
const only = mutant?.rows ?? values.only;
const outcomes: Outcome[] = [];
const chosen = SCENARIOS.filter(
  (scenario) =>
    scenario.name.includes(only) &&
    (scenario.carrier ?? carrier) === carrier &&
    (scenario.database ?? database) === database &&
    !(values.quick && scenario.fullOnly && only === ""),
);
for (const scenario of chosen) {
  const outcome = await runScenario(scenario, {
    database,
    carrier,
    scale: values.quick ? 0.1 : 1,
    settleSeconds: Number(values.settle),
    since: values.since ?? (await previousRelease()),
    mutant: mutant?.name,
  });
  outcomes.push(outcome);
  process.stderr.write(`${JSON.stringify(outcome)}\n`);
}
process.stdout.write(`${reportText(outcomes)}\n`);
if (values.write) await writeReport(outcomes, placeOf());
const isWanted = ({ findings }: Outcome) =>
  mutant === undefined ? countFindings(findings) === 0 : findings[mutant.finds].length > 0;
process.exitCode = outcomes.length > 0 && outcomes.every(isWanted) ? 0 : 1;
