import { setTimeout as delay } from "node:timers/promises";

import { CALL_EVENT_TYPES, isFinalStatus } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { waitFor } from "@call-log/testing";

import { type EventFigures, eventFigures } from "./event-figures.ts";
import { findingsText } from "./findings-text.ts";
import {
  lastWords,
  startInstallation,
  type CarrierChoice,
  type DatabaseChoice,
  type Installation,
} from "./installation.ts";
import { requestOf, sendAll } from "./load.ts";
import { earlierRelease } from "./release.ts";
import type { Scenario } from "./scenario.ts";
import { countFindings, findingsOf, heldOf, type Evidence, type Findings } from "./verdict.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";

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
  /** Where there is a receiver of webhooks. */
  events?: EventFigures;
  seconds: number;
}

const FAULT_WITHIN_MS = 180_000;
/** Each look reads the whole log; at this interval they are at most a tenth of the database load. */
const LOOK_EVERY_MS = 1000;
const LOOK_SHARE = 10;

/** On what, and how much of it. */
export interface RunOptions {
  database: DatabaseChoice;
  carrier: CarrierChoice;
  /** Part of the calls and faults, 1 for all. */
  scale: number;
  /** How long log and ledger may take to agree after the last fault. */
  settleSeconds: number;
  /** The commit or tag of the release that upgrades begin with. */
  since: string;
  /** Name of a defect that the workers have on purpose, see `MUTANTS`. */
  mutant?: string | undefined;
}

/** Run one scenario at a size, from an empty installation to the verdict. */
export async function runScenario(
  scenario: Scenario,
  { database, carrier, scale, settleSeconds, since, mutant }: RunOptions,
): Promise<Outcome> {
  const { calls, wanted } = sizeOf(scenario, scale);
  const startedAt = performance.now();
  const lives = [0, 0];
  let isOver = false;
  const receiver = scenario.receiver && (await startWebhookReceiver(scenario.receiver));
  const installation = await startInstallation({
    database,
    carrier,
    settings: {
      ...scenario.settings,
      ...(receiver && RECEIVER_SETTINGS),
      ...(mutant !== undefined && { CHAOS_MUTANT: mutant }),
    },
    ...(scenario.apis !== undefined && { apis: scenario.apis }),
    ...(scenario.upgrades && { release: await earlierRelease(since) }),
    workerEnvironment: (worker) => {
      const life = lives[worker]!++;
      return isOver ? {} : (scenario.workerEnvironment?.({ worker, life }) ?? {});
    },
  });
  try {
    if (receiver !== undefined) await listen(installation, receiver);
    await scenario.prepare?.(installation);
    const { accepted, faults } = await sendAndStrike(scenario, installation, {
      calls,
      wanted,
      sentAll: () => (isOver = true),
    });
    const watched = { ...installation, received: receiver?.events };
    const evidence = await settled(watched, accepted, settleSeconds);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const counts = { scenario: scenario.name, calls, faults: faults(), seconds };
    const outcome = { ...counts, ...outcomeOf(evidence) };
    process.stderr.write(findingsText(outcome.findings, evidence));
    return outcome;
  } catch (error) {
    process.stderr.write(`${scenario.name}: ${String(error)}\n${lastWords(installation)}\n`);
    throw error;
  } finally {
    await installation.close();
    await receiver?.close();
  }
}

/** Send all calls while the faults happen, and those that come after; the idempotency keys of what was accepted, and how many faults there were so far. */
async function sendAndStrike(
  scenario: Scenario,
  installation: Installation,
  { calls, wanted, sentAll }: { calls: number; wanted: number; sentAll: () => void },
): Promise<{ accepted: string[]; faults: () => number }> {
  const { strike, strikeAfter, request = requestOf, atATime } = scenario;
  let struck = 0;
  const isStruck = strike !== undefined || strikeAfter !== undefined;
  const faults = () => (isStruck ? struck : deathsIn(installation));
  const pace = paceOf(scenario);
  const accepted = await sendAll(installation, { calls, request, atATime }, async (sent) => {
    await pace(sent);
    while (strike !== undefined && struck < (wanted * sent) / calls) {
      await strike(installation, struck);
      struck += 1;
    }
    if (!isStruck)
      await waitFor(() => faults() >= Math.floor((wanted * sent) / calls) - 1, {
        timeoutMs: FAULT_WITHIN_MS,
        describe: "the next fault",
      });
  });
  sentAll();
  if (strikeAfter !== undefined) {
    await strikeAfter(installation, calls);
    struck += 1;
  }
  return { accepted, faults };
}

/** Waits until so many calls may have been sent. */
function paceOf({ callsPerSecond }: Scenario): (sent: number) => Promise<void> {
  if (callsPerSecond === undefined) return async () => undefined;
  const beganAt = performance.now();
  return async (sent) => {
    const dueAt = beganAt + (sent / callsPerSecond) * 1000;
    await delay(Math.max(0, dueAt - performance.now()));
  };
}

/** How many calls and faults a run has. */
function sizeOf({ calls, quickCalls, faults, minFaults = 1 }: Scenario, scale: number) {
  const part = scale < 1 ? quickCalls : calls;
  return {
    calls: part ?? Math.ceil(calls * scale),
    wanted: faults === 0 ? 0 : Math.max(minFaults, Math.round(faults * scale)),
  };
}

/** The receiver is on loopback, which no setting of a real installation should allow. */
const RECEIVER_SETTINGS = { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" };

// Through the database, so that it is there before the first request.
async function listen(installation: Installation, { url }: WebhookReceiver): Promise<void> {
  const { projects, webhookEndpoints } = await installation.store();
  const [project] = await projects.list();
  if (project === undefined) throw new Error("the installation has no project");
  await webhookEndpoints.create(project._id, { url, events: [...CALL_EVENT_TYPES] });
  // The processes know of it within a second.
  await delay(1100);
}

function outcomeOf(evidence: Evidence): Pick<Outcome, "placed" | "held" | "findings" | "events"> {
  return {
    placed: evidence.ledger.length,
    held: heldOf(evidence).length,
    findings: findingsOf(evidence),
    ...(evidence.received && { events: eventFigures(evidence.received) }),
  };
}

function deathsIn({ workers, api }: Installation): number {
  return [...workers, api].reduce((sum, one) => sum + one.deaths(), 0);
}

/** Log and ledger once they agree, or when the time is over; what is left then is what was found. */
export async function settled(
  installation: Watched,
  accepted: string[],
  settleSeconds: number,
): Promise<Evidence> {
  const endsAt = performance.now() + settleSeconds * 1000;
  let arrived: number | undefined;
  for (;;) {
    const lookedAt = performance.now();
    const isLast = lookedAt >= endsAt;
    const evidence = await readable(evidenceOf(installation, accepted), isLast);
    if (evidence !== undefined && (isLast || isAgreed(evidence))) return evidence;
    // Events that are nowhere any more never arrive, however long one waits.
    const isStill = evidence !== undefined && (await hasNothingToSend(installation, evidence));
    if (isStill && arrived === evidence.received?.length) return evidence;
    arrived = isStill ? evidence.received?.length : undefined;
    await delay(Math.max(LOOK_EVERY_MS, LOOK_SHARE * (performance.now() - lookedAt)));
  }
}

// A database that was killed may not be back yet.
async function readable(read: Promise<Evidence>, isLast: boolean): Promise<Evidence | undefined> {
  return isLast ? read : read.catch(() => undefined);
}

function isAgreed(evidence: Evidence): boolean {
  return evidence.records.every(isDone) && countFindings(findingsOf(evidence)) === 0;
}

/** Whether events are all that is missing, and none is on its way. */
async function hasNothingToSend({ store }: Watched, evidence: Evidence): Promise<boolean> {
  const { received, records } = evidence;
  if (received === undefined || !records.every(isDone)) return false;
  const findings = findingsOf(evidence);
  const { eventsLost, eventsReordered, eventsAltered } = findings;
  const ofEvents = [eventsLost, eventsReordered, eventsAltered].flat().length;
  if (ofEvents === 0 || countFindings(findings) > ofEvents) return false;
  if (records.some(({ outbox }) => outbox !== undefined)) return false;
  const { webhookDeliveries } = await store();
  return (await webhookDeliveries.health()).pending === 0;
}

function isDone({ status }: Evidence["records"][number]): boolean {
  return isFinalStatus(status) || status === "Unknown";
}

/** An installation, and what a receiver of webhooks got from it. */
type Watched = Pick<Installation, "store" | "carrier"> & Pick<Evidence, "received">;

/** Log and ledger as they are now. */
export async function evidenceOf(
  { store, carrier, received }: Watched,
  accepted: string[],
): Promise<Evidence> {
  const records = await collectionsOf(await store())
    .callLogs.find()
    .toArray();
  return { accepted, records, ledger: await carrier.ledger(), received };
}
