import type { CallRecord } from "@call-log/model";
import { ledgerPrice, readLedger } from "@call-log/provider";

/** How the log differs from the carrier's own ledger, in call logs or calls; all 0 when they agree. */
export interface LedgerDifferences {
  /** Accepted, and not one call of the carrier. */
  notDialled: number;
  /** Calls that the carrier placed beyond one for each accepted request. */
  dialledTwice: number;
  /** Calls of the carrier that no attempt is bound to. */
  unbound: number;
  /** Call logs that are not Completed. */
  notCompleted: number;
  /** Call logs whose cost is not the price in the ledger. */
  wrongCost: number;
}

type ComparedCall = Pick<CallRecord, "status" | "attempts" | "callCostInUSDCents">;

/** Compares call logs, each of one attempt, with the ledger in a data folder of the simulated provider. */
export async function compareLedger(
  calls: readonly ComparedCall[],
  dataDir: string,
): Promise<LedgerDifferences> {
  const ledger = await readLedger(dataDir);
  const byAttempt = new Map(ledger.map((call) => [call.attemptId, call]));
  const bound = new Set(calls.flatMap(({ attempts }) => attempts.map((one) => one.providerCallId)));
  const placedOf = ({ attempts }: ComparedCall) =>
    attempts.flatMap(({ _id }) => byAttempt.get(_id) ?? []);
  const centsOf = (call: ComparedCall) =>
    placedOf(call).reduce(
      (sum, one) => sum - Math.round(Number(ledgerPrice(one).amount) * 1e6),
      0,
    ) / 10_000;
  const count = (isSo: (call: ComparedCall) => boolean) => calls.filter(isSo).length;
  return {
    notDialled: count((call) => placedOf(call).length === 0),
    dialledTwice: ledger.length - byAttempt.size,
    unbound: ledger.filter(({ providerCallId }) => !bound.has(providerCallId)).length,
    notCompleted: count(({ status }) => status !== "Completed"),
    wrongCost: count((call) => call.callCostInUSDCents !== centsOf(call)),
  };
}
