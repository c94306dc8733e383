import { ledgerPrice, readLedger } from "@call-log/provider";

import type { PlacedCall } from "./verdict.ts";

/** Who places the calls of a run, and keeps a ledger of its own. */
export interface Carrier {
  /** Settings of api and worker that make them use it. */
  settings: Readonly<Record<string, string>>;
  /** Every call that it really placed. */
  ledger(): Promise<PlacedCall[]>;
  close(): Promise<void>;
}

/** The simulated provider; its ledger is a file that survives every process. */
export async function simulatedCarrier(dataDir: string, speed: number): Promise<Carrier> {
  return {
    settings: { PROVIDER: "simulated", SIMULATED_SPEED: String(speed), DATA_DIR: dataDir },
    async ledger() {
      const calls = await readLedger(dataDir);
      return calls.map((call) => ({
        attemptId: call.attemptId,
        providerCallId: call.providerCallId,
        microUSD: microUSD(ledgerPrice(call).amount),
      }));
    },
    async close() {},
  };
}

/** Decimal text of dollars in millionths, exactly; a charge counts as positive. */
export function microUSD(amount: string): number {
  const [whole, fraction = ""] = amount.replace("-", "").split(".");
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}
