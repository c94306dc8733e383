import { z } from "zod";

import type { Provider } from "../provider.ts";
import { placeCall } from "./call-placement.ts";
import { recordAt } from "./call-record.ts";
import { readForm } from "./callbacks/callback-reading.ts";
import { createCallbackSender, postCallback, type Deliver } from "./callbacks/callback-sender.ts";
import {
  isSignedCallback,
  SIGNATURE_HEADER,
  signingKeyOf,
} from "./callbacks/callback-signature.ts";
import type { Carrier } from "./carrier.ts";
import type { LedgerCall } from "./ledger/ledger-line.ts";
import { openLedger } from "./ledger/ledger.ts";
import { endCall } from "./script/call-ending.ts";
import { callAt } from "./script/call-state.ts";
import { createTimers, systemTimer, type SetTimer } from "./timers.ts";

/** Number that the simulated provider lends to projects without one; outside the block of scripted numbers. */
const SIMULATED_FROM_NUMBER = "+15550199999";

/** Settings of the simulated provider. */
export const simulatedSettings = z.object({
  name: z.string().min(1).default("simulated").meta({ description: "Name in the record" }),
  dataDir: z.string().min(1).meta({ description: "Directory in which the ledger is kept" }),
  seed: z.string().min(1).default("call-log").meta({
    description: "Decides ringing times and prices; the same seed gives the same ones",
  }),
  speed: z.number().positive().default(1).meta({
    description: "How much faster than real time the carrier's clock runs",
  }),
  signingKey: z.string().min(16).optional().meta({
    description: "Key for the signatures of callbacks; made from the seed when absent",
  }),
});

/** Settings of the simulated provider, and parts that tests replace. */
export type SimulatedOptions = z.input<typeof simulatedSettings> & {
  now?: () => Date;
  /** Whether the account is suspended now. @defaultValue it never is */
  isSuspended?: () => boolean;
  setTimer?: SetTimer;
  /** How callbacks are posted. @defaultValue a real HTTP POST */
  deliver?: Deliver;
};

/**
 * A carrier that behaves like a real one, by a script for each number, and keeps its own durable ledger of the calls that it placed.
 * Calls that were running when it was closed go on; callbacks that came due in between are lost, as a carrier gives up on a dead address.
 */
export function createSimulatedProvider(options: SimulatedOptions): Provider {
  const {
    name,
    dataDir,
    seed,
    speed,
    signingKey = signingKeyOf(seed),
  } = simulatedSettings.parse(options);
  const { now = () => new Date(), setTimer = systemTimer, deliver = postCallback } = options;
  const { isSuspended = () => false } = options;
  const ledger = openLedger(dataDir);
  const timers = createTimers(setTimer);
  const sender = createCallbackSender({ ledger, timers, now, deliver, signingKey });
  const carrier: Carrier = { seed, speed, now, isSuspended, ledger, timers, sender };
  const snapshot = (call: LedgerCall | undefined) => call && callAt(call, now());
  for (const call of ledger.calls()) sender.follow(call, now());

  return {
    name,
    isSimulated: true,
    defaultFromNumber: SIMULATED_FROM_NUMBER,
    placeCall: (order) => placeCall(carrier, order),
    fetchCall: async (providerCallId) => snapshot(ledger.call(providerCallId)),
    findCalls: async ({ toNumber, fromNumber, createdSince }) =>
      ledger
        .callsBetween(toNumber, fromNumber)
        .filter(({ createdAt }) => createdAt >= createdSince)
        .map((call) => callAt(call, now())),
    fetchRecord: async ({ providerCallId }) => {
      const call = ledger.call(providerCallId);
      return call && recordAt(call, now());
    },
    endCall: (providerCallId) => endCall(carrier, providerCallId),
    readCallback: (request) => {
      const { url, rawBody, headers } = request;
      const signature = headers[SIGNATURE_HEADER];
      const isGenuine = isSignedCallback(signingKey, { url, rawBody, signature });
      return isGenuine ? readForm(request) : undefined;
    },
    check: async () =>
      isSuspended() ? { ok: false, reason: "the account is suspended" } : { ok: true },
    close: async () => {
      timers.close();
      await sender.close();
      await ledger.close();
    },
  };
}
