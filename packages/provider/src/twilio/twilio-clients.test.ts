import { startFakeTwilio } from "@call-log/testing";
import { afterAll, describe, expect, test } from "vitest";

import { createTwilioProvider } from "./twilio-provider.ts";

const fake = await startFakeTwilio({ speed: 20 });
afterAll(() => fake.close());

const account = {
  API_BASE_URL: fake.url,
  ACCOUNT_SID: fake.accountSid,
  AUTH_TOKEN: fake.authToken,
};
const key = { API_KEY_SID: fake.apiKey.sid, API_KEY_SECRET: fake.apiKey.secret };

const open = (settings: typeof account & Partial<typeof key>) =>
  createTwilioProvider({ name: "twilio-backup", settings, now: () => new Date() });

describe("an account at Twilio with an API key", () => {
  test("places and follows calls by the key", async () => {
    const provider = open({ ...account, ...key });
    const placed = await provider.placeCall({
      attemptId: crypto.randomUUID(),
      toNumber: "+15550100100",
      fromNumber: "+15558887777",
      steps: [{ say: "Hello" }],
    } as never);
    expect(placed).toMatchObject({ kind: "accepted" });
    const { providerCallId } = placed as { providerCallId: string };
    expect(await provider.fetchCall(providerCallId)).toMatchObject({ toNumber: "+15550100100" });
    await provider.close();
  });

  test.each([
    ["good credentials", { ...account, ...key }, { ok: true }],
    [
      "a wrong secret",
      { ...account, ...key, API_KEY_SECRET: "wrong" },
      {
        ok: false,
        reason:
          "Twilio refuses TWILIO_BACKUP_API_KEY_SID with TWILIO_BACKUP_API_KEY_SECRET for calls of TWILIO_BACKUP_ACCOUNT_SID",
      },
    ],
    [
      "a wrong token, by which no callback could be known",
      { ...account, ...key, AUTH_TOKEN: "wrong" },
      {
        ok: false,
        reason: "Twilio refuses TWILIO_BACKUP_ACCOUNT_SID with TWILIO_BACKUP_AUTH_TOKEN",
      },
    ],
  ])("is checked: %s", async (_, settings, found) => {
    const provider = open(settings);
    expect(await provider.check()).toEqual(found);
    await provider.close();
  });
});
