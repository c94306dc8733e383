import { expect, test } from "vitest";

import { allowedAddresses, webhookSettings } from "./webhook-settings.ts";

const LOCAL = { role: "standalone", host: "127.0.0.1", publicUrl: undefined };
const LOOPBACK = ["127.0.0.0/8", "::1"];

test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])(
  "a standalone that listens on %s alone may send webhooks to its own machine",
  (host) => {
    expect(allowedAddresses({ ...LOCAL, host })).toEqual(LOOPBACK);
  },
);

test.each([
  ["another role", { role: "api" }],
  ["a worker", { role: "worker", host: undefined }],
  ["every address", { host: "0.0.0.0" }],
  ["every IPv6 address", { host: "::" }],
  ["an address of the network", { host: "10.0.0.7" }],
  ["a host that begins like loopback", { host: "127.0.0.1.example" }],
  ["a public address", { publicUrl: "https://calls.example" }],
])("with %s, no private address is allowed", (_name, changed) => {
  expect(allowedAddresses({ ...LOCAL, ...changed })).toEqual([]);
});

test("the setting takes the place of loopback", () => {
  const settings = webhookSettings.parse({ WEBHOOK_ALLOWED_ADDRESSES: "10.0.0.0/8, 192.168.1.20" });
  expect(allowedAddresses({ ...LOCAL, ...settings })).toEqual(["10.0.0.0/8", "192.168.1.20"]);
});
