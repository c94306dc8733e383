import { join } from "node:path";

import { parseAttemptId } from "@call-log/model";

import { openLedgerFile, type LedgerFile } from "./ledger-file.ts";
import {
  formatLedgerLine,
  parseLedgerLine,
  type LedgerCall,
  type LedgerLine,
} from "./ledger-line.ts";

/** The carrier's own record of the calls that it placed, shared by all processes on one data directory. */
export interface Ledger {
  /** Add a line; resolves when it is on disk. */
  append(line: LedgerLine): Promise<void>;
  /** One call by the carrier's id. */
  call(providerCallId: string): LedgerCall | undefined;
  /** All calls, in the order in which they were placed. */
  calls(): LedgerCall[];
  /** Calls to a number, from one number or from any. */
  callsBetween(toNumber: string, fromNumber?: string): LedgerCall[];
  /** How often the call log of this attempt tried to call this number, in vain or not. */
  triesSoFar(attemptId: string, toNumber: string): number;
  close(): Promise<void>;
}

/** Opens `<dataDir>/simulated-carrier/ledger.jsonl`, making it where it is missing. */
export function openLedger(dataDir: string): Ledger {
  const file = openLedgerFile(join(dataDir, "simulated-carrier", "ledger.jsonl"));
  const index = createIndex();
  const upToDate = () => {
    addNewLines(file, index);
    return index;
  };
  return {
    append: (line) => file.append(formatLedgerLine(line)),
    call: (providerCallId) => upToDate().calls.get(providerCallId),
    calls: () => [...upToDate().calls.values()],
    callsBetween: (to, from) =>
      from === undefined
        ? [...upToDate().calls.values()].filter(({ toNumber }) => toNumber === to)
        : callsBetween(upToDate(), `${to} ${from}`),
    triesSoFar: (attemptId, to) => upToDate().tries.get(tryKey(attemptId, to)) ?? 0,
    close: () => file.close(),
  };
}

/** Every call that was really placed, in order: the truth of who was dialled. */
export async function readLedger(dataDir: string): Promise<LedgerCall[]> {
  const ledger = openLedger(dataDir);
  try {
    return ledger.calls();
  } finally {
    await ledger.close();
  }
}

interface LedgerIndex {
  calls: Map<string, LedgerCall>;
  /** Ids of the calls from one number to another. */
  idsByNumbers: Map<string, string[]>;
  tries: Map<string, number>;
}

const createIndex = (): LedgerIndex => ({
  calls: new Map(),
  idsByNumbers: new Map(),
  tries: new Map(),
});

/** Tries are counted per call log; a label of another form stands for itself. */
function tryKey(attemptId: string, toNumber: string): string {
  return `${parseAttemptId(attemptId)?.callLogId ?? attemptId} ${toNumber}`;
}

function callsBetween(index: LedgerIndex, numbers: string): LedgerCall[] {
  return (index.idsByNumbers.get(numbers) ?? []).flatMap((id) => index.calls.get(id) ?? []);
}

function addNewLines(file: LedgerFile, index: LedgerIndex): void {
  for (const text of file.readNew()) {
    const line = parseLedgerLine(text);
    if (line) addLine(index, line);
  }
}

function addLine(index: LedgerIndex, line: LedgerLine): void {
  switch (line.type) {
    case "call":
      countTry(index, line.call);
      return addCall(index, line.call);
    case "refusal":
      return countTry(index, line.refusal);
    case "ending":
      return requestEnd(index, line.ending);
  }
}

function countTry(index: LedgerIndex, tried: { attemptId: string; toNumber: string }): void {
  const key = tryKey(tried.attemptId, tried.toNumber);
  index.tries.set(key, (index.tries.get(key) ?? 0) + 1);
}

function addCall(index: LedgerIndex, call: LedgerCall): void {
  const numbers = `${call.toNumber} ${call.fromNumber}`;
  index.calls.set(call.providerCallId, call);
  const ids = index.idsByNumbers.get(numbers);
  if (ids) ids.push(call.providerCallId);
  else index.idsByNumbers.set(numbers, [call.providerCallId]);
}

/** The first request to end a call counts. */
function requestEnd(index: LedgerIndex, ending: { providerCallId: string; at: Date }): void {
  const call = index.calls.get(ending.providerCallId);
  if (call) index.calls.set(ending.providerCallId, { endRequestedAt: ending.at, ...call });
}
