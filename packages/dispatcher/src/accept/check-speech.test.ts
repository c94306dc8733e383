import { attemptIdOf, type CallRequestInput } from "@call-log/model";
import { callbackUrls, PROVIDERS, type CallOrder } from "@call-log/provider";
import { expect, test } from "vitest";

import { callOrder } from "../providers/call-order.ts";
import { aRequest, START } from "../testing/a-call.ts";
import { refusalOfSpeech } from "./check-speech.ts";
import { newCallRecord } from "./new-call-record.ts";

const callLogId = "0190f3a0-5f6b-7c11-9d2e-3f4a5b6c7d8e";
const place = { dataDir: "", now: () => START };
const twilio = PROVIDERS.twilio.create({
  name: "twilio-eu",
  settings: {
    ACCOUNT_SID: `AC${"0".repeat(32)}`,
    AUTH_TOKEN: "0".repeat(32),
    API_BASE_URL: "https://api.twilio.com",
  },
  ...place,
});
const telnyx = PROVIDERS.telnyx.create({
  name: "telnyx",
  settings: {
    API_KEY: "KEY",
    PUBLIC_KEY: "",
    CONNECTION_ID: "1",
    API_BASE_URL: "https://api.telnyx.com",
  },
  ...place,
});

const context = {
  providers: { "twilio-eu": twilio, telnyx },
  callbackUrlsFor: (attempt: { provider: string; attemptId: string }) =>
    callbackUrls({
      publicUrl: "https://calls.shop.example",
      callbackKey: "key of the tests",
      ...attempt,
    }),
};

const refusal = (request: Partial<CallRequestInput>, providerChain: string[] = []) =>
  refusalOfSpeech(context, { providerChain }, { callLogId, request: aRequest(request) });

test("a text is measured as each provider of the chain would be sent it", () => {
  const long = [{ say: "x".repeat(3000) }, { say: "x".repeat(3000) }];
  expect(refusal({ say: long })).toBe(
    "say: is too long for the provider twilio-eu: it makes 6081 characters of TwiML, and at most 4000 are allowed",
  );
  expect(refusal({ say: long }, ["telnyx", "twilio-eu"])).toMatch(/twilio-eu/);
  expect(refusal({ say: long }, ["telnyx"])).toBeUndefined();
  expect(refusal({ say: long }, ["gone", "telnyx"])).toBeUndefined();
});

test("what is escaped counts as it is sent", () => {
  expect(refusal({ say: "x".repeat(2000) })).toBeUndefined();
  expect(refusal({ say: "&".repeat(2000) })).toMatch(/it makes 10\d\d\d characters of TwiML/);
});

test("what is accepted is taken at every attempt: the addresses of digits count, too", () => {
  const request = (length: number): Partial<CallRequestInput> => ({
    say: [
      { gather: { say: "x".repeat(2000), on: { "4": { acknowledge: true } } } },
      { say: "y".repeat(length) },
    ],
  });
  let longest = 1;
  while (refusal(request(longest + 1)) === undefined) longest += 1;
  const counts = [1, 20, 9999].map((number) =>
    twilio.speechLimit!.measure(orderOf(request(longest), number)),
  );
  expect(counts).toEqual([3997, 3998, 4000]);
});

function orderOf(request: Partial<CallRequestInput>, number: number): CallOrder {
  const origin = { id: callLogId, projectId: "p", fromNumber: "+15550100999", now: START };
  const record = newCallRecord(aRequest(request), origin);
  const attempt = { ...record.attempts[0]!, _id: attemptIdOf(callLogId, number), number };
  const { callbackUrlsFor } = context;
  return callOrder(record, attempt, {
    provider: "twilio-eu",
    fromNumber: "+15550100999",
    callbackUrlsFor,
  });
}
