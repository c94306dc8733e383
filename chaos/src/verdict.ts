import { isFinalStatus, type CallRecord } from "@call-log/model";

import { type EventFindings, eventFindingsOf } from "./event-verdict.ts";
import { ACKNOWLEDGES } from "./load.ts";
import type { ReceivedEvent } from "./webhook-receiver.ts";

/** A call that the carrier really placed, as its own ledger has it. */
export interface PlacedCall {
  attemptId: string;
  providerCallId: string;
  /** What it costs, in micro-USD. */
  microUSD: number;
  /** What was pressed in it, where the carrier tells. */
  pressed?: readonly string[];
  /** Whether it is over, where the carrier tells. */
  isOver?: boolean;
}

/** What there is to compare after a run. */
export interface Evidence {
  /** Idempotency keys of all requests that were accepted. */
  accepted: readonly string[];
  records: readonly CallRecord[];
  ledger: readonly PlacedCall[];
  /** What a receiver of webhooks got, where there is one. */
  received?: readonly ReceivedEvent[] | undefined;
}

/** What was found, each kind of fault by the ids that have it; all empty when log and ledger agree. */
export interface Findings extends EventFindings {
  /** Accepted requests that are not in the log. */
  lost: string[];
  /** Attempts that the carrier placed more than once, or that it placed and nobody claimed. */
  dialledTwice: string[];
  /** Calls of the carrier that their attempt does not know of. */
  unbound: string[];
  /** Attempts bound to a call that the carrier never placed, or to that of another attempt. */
  invented: string[];
  /** Calls in an open state past its limit; `Unknown` with a call that the carrier has counts, too. */
  stuck: string[];
  /** Calls in which the key that acknowledges was pressed, and the log does not know. */
  unheard: string[];
  /** Calls whose cost is not that of the ledger. */
  wrongCost: string[];
}

/** Compare the log with the carrier's ledger, once everything has had its time. */
export function findingsOf({ accepted, records, ledger, received }: Evidence): Findings {
  const keys = new Set(records.map(({ idempotencyKey }) => idempotencyKey));
  const attempts = records.flatMap((record) => record.attempts);
  const bindings = new Map(attempts.map(({ _id, providerCallId }) => [_id, providerCallId]));
  const placed = byAttempt(ledger);
  const placedIds = new Map(ledger.map((call) => [call.providerCallId, call.attemptId]));
  return {
    ...eventFindingsOf(records, received),
    lost: accepted.filter((key) => !keys.has(key)),
    dialledTwice: [
      ...[...placed].filter(([, calls]) => calls.length > 1).map(([attemptId]) => attemptId),
      ...attempts
        .filter(({ _id, claimedAt }) => placed.has(_id) && claimedAt === undefined)
        .map(({ _id }) => _id),
    ],
    unbound: ledger
      .filter(({ attemptId, providerCallId }) => bindings.get(attemptId) !== providerCallId)
      .map(({ providerCallId }) => providerCallId),
    invented: attempts
      .filter(({ _id, providerCallId }) =>
        providerCallId === undefined ? false : placedIds.get(providerCallId) !== _id,
      )
      .map(({ _id }) => _id),
    stuck: records.filter((record) => isStuck(record, placed)).map(({ _id }) => _id),
    unheard: records.filter((record) => isUnheard(record, placed)).map(({ _id }) => _id),
    wrongCost: records
      .filter((record) => record.callCostInUSDCents !== costOf(record, placed) / 10_000)
      .map(({ _id }) => _id),
  };
}

/** Calls that are held as unknown, rightly: the carrier never placed their last attempt. */
export function heldOf({ records, ledger }: Evidence): string[] {
  const placed = byAttempt(ledger);
  return records
    .filter((record) => record.status === "Unknown" && !isStuck(record, placed))
    .map(({ _id }) => _id);
}

/** How many faults there are in all. */
export function countFindings(findings: Findings): number {
  return Object.values(findings).reduce((sum: number, ids: string[]) => sum + ids.length, 0);
}

type Placed = ReadonlyMap<string, readonly PlacedCall[]>;

function byAttempt(ledger: readonly PlacedCall[]): Placed {
  const groups = new Map<string, PlacedCall[]>();
  for (const call of ledger)
    groups.set(call.attemptId, [...(groups.get(call.attemptId) ?? []), call]);
  return groups;
}

function isStuck({ status, attempts }: CallRecord, placed: Placed): boolean {
  if (attempts.some(({ price }) => price?.pricing === "pending")) return true;
  if (status === "Unknown")
    return attempts.some(
      ({ _id, providerCallId }) => placed.has(_id) && providerCallId === undefined,
    );
  return !isFinalStatus(status);
}

function isUnheard({ acknowledgedAt, attempts }: CallRecord, placed: Placed): boolean {
  const pressed = attempts
    .flatMap(({ _id }) => placed.get(_id) ?? [])
    .flatMap((call) => call.pressed ?? []);
  return acknowledgedAt === undefined && pressed.includes(ACKNOWLEDGES);
}

function costOf({ attempts }: CallRecord, placed: Placed): number {
  return attempts
    .flatMap(({ _id }) => placed.get(_id) ?? [])
    .reduce((sum, { microUSD }) => sum + microUSD, 0);
}
