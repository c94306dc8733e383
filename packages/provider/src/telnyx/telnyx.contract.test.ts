import { setTimeout as delay } from "node:timers/promises";

import { startFakeTelnyx } from "@call-log/testing";
import { afterAll } from "vitest";

import { callbackUrls } from "../callback-address.ts";
import { describeProvider } from "../provider.contract.ts";
import { startCallbackReceiver } from "../testing/callback-receiver.ts";
import { CONTRACT_STEPS } from "../testing/contract-calls.ts";
import type { ProviderBench } from "../testing/contract-subject.ts";
import { createTelnyxProvider } from "./telnyx-provider.ts";

/** Real time of one tick: a tenth of a second of the fake. */
const TICK_MS = 5;

const fake = await startFakeTelnyx({ speed: 20 });
afterAll(() => fake.close());

// Each bench calls from a number of its own, so that it finds its own calls alone.
let benches = 0;

describeProvider({
  name: "telnyx",
  tellsAnsweredAt: false,
  endings: { busy: "failed", noAnswer: "failed" },
  endableStates: [
    ["initiated", "canceled"],
    ["in-progress", "completed"],
  ],
  reportedSteps: ["initiated", "in-progress", "digits"],
  pricesByCallback: true,
  needsCallbacks: true,
  signsAddress: false,
  keepsRecord: true,
  accountNumbers: {
    "+15550107001": "owned",
    "+15550107002": "inactive",
    "+15550107003": "verified",
    "+15550107004": "absent",
  },
  numbers: {
    presses4: "+15550100100",
    pressesHash: "+15550100104",
    starThen4: "+15550100105",
    silenceThen4: "+15550100106",
    voicemail: "+15550100103",
    busy: "+15550100110",
    noAnswer: "+15550100111",
    rejected: {
      destination: "+15550100120",
      permission: "+15550100121",
      fromNumber: "+15550100123",
      account: "+15550100122",
      throttled: "+15550100131",
    },
    unknownPlaced: ["+15550100141", "+15550100145"],
    unknownNotPlaced: ["+15550100140", "+15550100146"],
  },
  async setUp() {
    benches += 1;
    const receiver = await startCallbackReceiver(async (request) => {
      await provider.readCallback(request)?.command?.(bench.steps ?? CONTRACT_STEPS);
      return undefined;
    });
    const provider = createTelnyxProvider({
      name: "telnyx",
      settings: {
        API_KEY: fake.apiKey,
        PUBLIC_KEY: fake.publicKey,
        CONNECTION_ID: fake.connectionId,
        API_BASE_URL: fake.url,
      },
      now: () => new Date(),
      eventsUnderWayMs: 0,
    });
    const bench: ProviderBench = {
      provider,
      fromNumber: `+1555777${String(benches).padStart(4, "0")}`,
      callbackUrls: (attemptId) =>
        callbackUrls({
          publicUrl: receiver.publicUrl,
          provider: "telnyx",
          attemptId,
          callbackKey: "key of the tests",
        }),
      received: () => receiver.received,
      tick: () => delay(TICK_MS),
      heard: (id) =>
        fake
          .calls()
          .find((call) => call.id === id)
          ?.spoken.join(" ") ?? "",
      async close() {
        await provider.close();
        await receiver.close();
      },
    };
    return bench;
  },
});
