import { expect, test } from "vitest";

import { callbackUrls } from "../../callback-address.ts";
import { labelIn } from "./call-label.ts";

const attemptId = "0192f5a4-8d2f-7c3e-9a51-3c2f0a4b6d1e-2";
const urls = callbackUrls({
  publicUrl: "https://calls.example.com/base",
  provider: "twilio",
  attemptId,
  callbackKey: "secret",
});
const api = "https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json";

test.each([
  [
    "our request",
    { method: "POST", url: api, parameters: { status_callback: `${urls.status}#rc=5&rp=all` } },
    attemptId,
  ],
  ["a callback", { method: "POST", url: urls.gather, parameters: {} }, attemptId],
  ["somebody else's call", { url: api, parameters: { status_callback: "https://a.example/x" } }],
  ["a text that is no address", { url: "hooks", parameters: { status_callback: 4 } }],
  ["nothing", null],
])("the label in %s", (_, request, label?: string) => {
  expect(labelIn([{ request: null }, { request }])).toBe(label);
});
