import { ledgerPrice, readLedger } from "@call-log/provider";
import { startFakeTwilio } from "@call-log/testing";

import type { PlacedCall } from "./verdict.ts";

/** Who places the calls of a run, and keeps a ledger of its own. */
export interface Carrier {
  /** Settings of api and worker that make them use it. */
  settings: Readonly<Record<string, string>>;
  /** Every call that it really placed. */
  ledger(): Promise<PlacedCall[]>;
  /** Answers nothing for this many milliseconds, then answers every pending request. */
  hang?(milliseconds: number): Promise<void>;
  /** From now on send each callback three times, late and in any order. */
  tripleCallbacks?(): Promise<void>;
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

/** Twilio, as the fake of the tests: a process of its own, which no scenario kills. */
export async function twilioCarrier(speed: number): Promise<Carrier> {
  const fake = await startFakeTwilio({ speed });
  return {
    settings: {
      PROVIDER: "twilio",
      TWILIO_ACCOUNT_SID: fake.accountSid,
      TWILIO_AUTH_TOKEN: fake.authToken,
      TWILIO_FROM_NUMBER: "+15558880001",
      TWILIO_API_BASE_URL: fake.url,
      PROVIDER_CALLS_PER_SECOND: "1000",
    },
    async ledger() {
      const calls = await fake.calls();
      return calls.map(({ sid, statusUrl = "", price = "0", pressed, status }) => ({
        pressed,
        isOver: status === "completed",
        attemptId: statusUrl.split("/")[5] ?? "",
        providerCallId: sid,
        microUSD: microUSD(price),
      }));
    },
    hang: (milliseconds) => fake.freeze(milliseconds),
    tripleCallbacks: () => fake.disturbCallbacks("tripled"),
    close: () => fake.close(),
  };
}

/** Decimal text of dollars in millionths, exactly; a charge counts as positive. */
export function microUSD(amount: string): number {
  const [whole, fraction = ""] = amount.replace("-", "").split(".");
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}
