import { isFinalStatus } from "@call-log/model";
import { waitFor } from "@call-log/testing";

import { sendAll } from "./load.ts";
import type { Scenario } from "./scenario.ts";
import { countFindings, findingsOf, heldOf, type Evidence, type Findings } from "./verdict.ts";
import { startWorld, type CarrierChoice, type DatabaseChoice, type World } from "./world.ts";

/** What a scenario came to. */
export interface Outcome {
  scenario: string;
  calls: number;
  /** Faults that really happened: ends of processes, or strikes. */
  faults: number;
  placed: number;
  /** Calls held as unknown, rightly: nobody knows, but the carrier's ledger, that they were never placed. */
  held: number;
  findings: Findings;
  seconds: number;
}

const SETTLE_WITHIN_MS = 240_000;
const FAULT_WITHIN_MS = 30_000;

/** On what, and how much of it. */
export interface RunOptions {
  database: DatabaseChoice;
  carrier: CarrierChoice;
  /** Part of the calls and faults, 1 for all. */
  scale: number;
}

/** Run one scenario at a size, from an empty installation to the verdict. */
export async function runScenario(
  scenario: Scenario,
  { database, carrier, scale }: RunOptions,
): Promise<Outcome> {
  const calls = Math.ceil(scenario.calls * scale);
  const wanted = scenario.faults === 0 ? 0 : Math.max(1, Math.round(scenario.faults * scale));
  const startedAt = performance.now();
  const lives = [0, 0];
  let isOver = false;
  const world = await startWorld({
    database,
    carrier,
    workerEnvironment: (worker) => {
      const life = lives[worker]!++;
      return isOver ? {} : (scenario.workerEnvironment?.({ worker, life }) ?? {});
    },
  });
  try {
    let struck = 0;
    const faults = () => (scenario.strike === undefined ? deathsIn(world) : struck);
    const accepted = await sendAll(world, calls, async (sent) => {
      while (scenario.strike !== undefined && struck < (wanted * sent) / calls) {
        await scenario.strike(world, struck);
        struck += 1;
      }
      if (scenario.strike === undefined)
        await waitFor(() => faults() >= Math.floor((wanted * sent) / calls) - 1, {
          timeoutMs: FAULT_WITHIN_MS,
          describe: "the next fault",
        });
    });
    isOver = true;
    const evidence = await settled(world, accepted);
    return {
      scenario: scenario.name,
      calls,
      faults: faults(),
      placed: evidence.ledger.length,
      held: heldOf(evidence).length,
      findings: findingsOf(evidence),
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await world.close();
  }
}

function deathsIn({ workers, api }: World): number {
  return [...workers, api].reduce((sum, one) => sum + one.deaths(), 0);
}

// Until log and ledger agree, or the time is over; what is left then is what was found.
async function settled(world: World, accepted: string[]): Promise<Evidence> {
  let evidence = await evidenceOf(world, accepted);
  const isAgreed = async () => {
    evidence = await evidenceOf(world, accepted);
    return evidence.records.every(isDone) && countFindings(findingsOf(evidence)) === 0;
  };
  await waitFor(isAgreed, { timeoutMs: SETTLE_WITHIN_MS }).catch(() => undefined);
  return evidence;
}

function isDone({ status }: Evidence["records"][number]): boolean {
  return isFinalStatus(status) || status === "Unknown";
}

async function evidenceOf({ store, carrier }: World, accepted: string[]): Promise<Evidence> {
  const records = await store.collections.callLogs.find().toArray();
  return { accepted, records, ledger: await carrier.ledger() };
}
