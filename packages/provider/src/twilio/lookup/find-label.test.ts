import { startFakeTwilio, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { callbackUrls } from "../../callback-address.ts";
import { startPrism } from "../../testing/prism.ts";
import { createTwilioProvider } from "../twilio-provider.ts";

/** The quarter of an hour until Twilio shows a call's requests is half a second. */
const SPEED = 2000;

const program = process.env["PRISM"];
const description = process.env["TWILIO_OPENAPI"];

test("Twilio's log of requests names the attempt, a while after the end of its call", async () => {
  const fake = await startFakeTwilio({ speed: SPEED });
  onTestFinished(() => fake.close());
  const API_BASE_URL = await addressOf(fake.url);
  const { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN } = fake;
  const provider = createTwilioProvider({
    name: "twilio",
    settings: { API_BASE_URL, ACCOUNT_SID, AUTH_TOKEN },
    now: () => new Date(),
  });
  onTestFinished(() => provider.close());
  const attemptId = "0192f5a4-8d2f-7c3e-9a51-3c2f0a4b6d1e-1";
  const placed = await provider.placeCall({
    attemptId,
    toNumber: "+15550100110",
    fromNumber: "+15558880001",
    steps: [{ say: "Hello" }],
    detectMachine: false,
    // Nobody listens there: the label is in the request, not in the callbacks.
    callbackUrls: callbackUrls({
      publicUrl: "http://127.0.0.1:9",
      provider: "twilio",
      attemptId,
      callbackKey: "secret",
    }),
  });
  if (placed.kind !== "accepted") throw new Error(JSON.stringify(placed));
  expect(await provider.findLabel!(placed.providerCallId)).toBeUndefined();
  expect(await waitFor(() => provider.findLabel!(placed.providerCallId))).toBe(attemptId);
});

// Through the proxy that holds both sides to Twilio's own description, where CI has it.
async function addressOf(upstream: string): Promise<string> {
  if (program === undefined || description === undefined) return upstream;
  const prism = await startPrism({ program, description, upstream });
  onTestFinished(() => prism.close());
  return prism.url;
}
