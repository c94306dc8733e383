import { setTimeout as delay } from "node:timers/promises";

import { startFakeTwilio } from "@call-log/testing";
import { afterAll } from "vitest";

import { callbackUrls } from "../callback-address.ts";
import { describeProvider } from "../provider.contract.ts";
import { startCallbackReceiver } from "../testing/callback-receiver.ts";
import { createTwilioProvider } from "./twilio-provider.ts";

/** Real time of one tick: a tenth of a second of the fake. */
const TICK_MS = 5;

const fake = await startFakeTwilio({ speed: 20 });
afterAll(() => fake.close());

// Each bench calls from a number of its own, so that it finds its own calls alone.
let benches = 0;

describeProvider({
  name: "twilio",
  granularityMs: 1000,
  tellsAnsweredAt: false,
  numbers: {
    presses4: "+15550100100",
    voicemail: "+15550100103",
    busy: "+15550100110",
    noAnswer: "+15550100111",
    rejected: {
      destination: "+15550100120",
      permission: "+15550100121",
      configuration: "+15550100122",
      throttled: "+15550100131",
    },
    unknownPlaced: ["+15550100141", "+15550100145"],
    unknownNotPlaced: ["+15550100140", "+15550100146"],
  },
  async setUp() {
    benches += 1;
    const receiver = await startCallbackReceiver();
    const { url: API_BASE_URL, accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN } = fake;
    const settings = { API_BASE_URL, ACCOUNT_SID, AUTH_TOKEN };
    const provider = createTwilioProvider({ name: "twilio", settings, now: () => new Date() });
    return {
      provider,
      fromNumber: `+1555888${String(benches).padStart(4, "0")}`,
      callbackUrls: (attemptId) =>
        callbackUrls({
          publicUrl: receiver.publicUrl,
          provider: "twilio",
          attemptId,
          instanceSecret: "instance secret of the tests",
        }),
      received: () => receiver.received,
      tick: () => delay(TICK_MS),
      async close() {
        await provider.close();
        await receiver.close();
      },
    };
  },
});
