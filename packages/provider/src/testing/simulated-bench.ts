import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

import { callbackUrls } from "../callback-address.ts";
import { createSimulatedProvider, type SimulatedOptions } from "../simulated/simulated-provider.ts";
import { startCallbackReceiver, type CallbackReceiver } from "./callback-receiver.ts";
import type { ProviderBench } from "./contract-subject.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

const CALLBACK_KEY = "key of the tests";
/** Manual time of one tick. */
const TICK_MS = 250;

/** A simulated provider on a manual clock, its callbacks over real HTTP. */
export interface SimulatedBench extends ProviderBench {
  clock: ManualClock;
  dataDir: string;
  receiver: CallbackReceiver;
  /** One more provider on the same data directory and clock, as another process would have it. */
  startAnother(options?: Partial<SimulatedOptions>): ProviderBench["provider"];
}

/** Sets a bench up in a directory of its own. */
export async function setUpSimulated(
  options: Partial<SimulatedOptions> = {},
): Promise<SimulatedBench> {
  const clock = createManualClock();
  const dataDir = mkdtempSync(join(tmpdir(), "simulated-carrier-"));
  const receiver = await startCallbackReceiver();
  const { now, setTimer } = clock;
  const startAnother = (more: Partial<SimulatedOptions> = {}) =>
    createSimulatedProvider({ dataDir, now, setTimer, ...options, ...more });
  const provider = startAnother();
  return {
    provider,
    startAnother,
    clock,
    dataDir,
    receiver,
    fromNumber: "+15559990000",
    callbackUrls: (attemptId) =>
      callbackUrls({
        publicUrl: receiver.publicUrl,
        provider: "simulated",
        attemptId,
        callbackKey: CALLBACK_KEY,
      }),
    received: () => receiver.received,
    tick: async () => {
      clock.advance(TICK_MS);
      await setImmediate();
    },
    close: async () => {
      await provider.close();
      await receiver.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
