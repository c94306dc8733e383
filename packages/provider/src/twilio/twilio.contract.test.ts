import { setTimeout as delay } from "node:timers/promises";

import { startFakeTwilio } from "@call-log/testing";
import { afterAll, expect, test } from "vitest";

import { callbackUrls } from "../callback-address.ts";
import { describeProvider } from "../provider.contract.ts";
import { startCallbackReceiver } from "../testing/callback-receiver.ts";
import { CONTRACT_STEPS } from "../testing/contract-calls.ts";
import type { ProviderBench } from "../testing/contract-subject.ts";
import { startPrism } from "../testing/prism.ts";
import { createTwilioProvider } from "./twilio-provider.ts";

/** Real time of one tick: a tenth of a second of the fake. */
const TICK_MS = 5;

const program = process.env["PRISM"];
const description = process.env["TWILIO_OPENAPI"];

// A proxy between the two takes its time, too.
const fake = await startFakeTwilio({
  speed: program === undefined ? 20 : 5,
  eventsAfterSeconds: 2,
});
const prism =
  program === undefined || description === undefined
    ? undefined
    : await startPrism({ program, description, upstream: fake.url });
afterAll(async () => {
  await prism?.close();
  await fake.close();
});

test.runIf(prism !== undefined)(
  "what Twilio's API description does not allow is noticed",
  async () => {
    const path = `/2010-04-01/Accounts/${fake.accountSid}/Calls.json?PageSize=none`;
    const authorization = `Basic ${btoa(`${fake.accountSid}:${fake.authToken}`)}`;
    const answer = await fetch(prism!.url + path, {
      headers: { authorization },
    });
    expect(answer.status).not.toBe(200);
  },
);

// Each bench calls from a number of its own, so that it finds its own calls alone.
let benches = 0;

describeProvider({
  name: "twilio",
  granularityMs: 1000,
  tellsAnsweredAt: false,
  keepsRecord: true,
  accountNumbers: {
    "+15550107001": "owned",
    "+15550107002": "no-voice",
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
    const receiver = await startCallbackReceiver(async (request) =>
      provider.readCallback(request)?.reply?.({ steps: bench.steps ?? CONTRACT_STEPS }),
    );
    const API_BASE_URL = prism?.url ?? fake.url;
    const { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN } = fake;
    const settings = { API_BASE_URL, ACCOUNT_SID, AUTH_TOKEN };
    const provider = createTwilioProvider({
      name: "twilio",
      settings,
      now: () => new Date(),
    });
    const bench: ProviderBench = {
      provider,
      fromNumber: `+1555888${String(benches).padStart(4, "0")}`,
      callbackUrls: (attemptId) =>
        callbackUrls({
          publicUrl: receiver.publicUrl,
          provider: "twilio",
          attemptId,
          callbackKey: "key of the tests",
        }),
      received: () => receiver.received,
      tick: () => delay(TICK_MS),
      async close() {
        await provider.close();
        await receiver.close();
      },
    };
    return bench;
  },
});
