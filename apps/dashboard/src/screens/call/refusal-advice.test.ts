import { expect, test } from "vitest";

import { adviceOf } from "./refusal-advice.ts";

test("an error of Twilio's leads to its page", () => {
  const advice = adviceOf({
    errorClass: "permission",
    errorCode: "21215",
    provider: "twilio-backup",
  });
  expect(advice).toEqual({
    text: expect.stringContaining("Allow calls"),
    url: "https://www.twilio.com/docs/api/errors/21215",
  });
});

test("another provider's error has words alone, and no error none", () => {
  expect(
    adviceOf({ errorClass: "destination", errorCode: "21211", provider: "telnyx" })?.url,
  ).toBeUndefined();
  expect(adviceOf({ provider: "twilio" })).toBeUndefined();
});
