import { expect, test } from "vitest";

import { readSessionToken, SESSION_SECONDS, sessionToken } from "./session-token.ts";

const now = new Date("2026-11-24T03:12:00Z");
const token = sessionToken("secret", { keyId: "key-1", now });
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

test("a token names its key until its end", () => {
  expect(readSessionToken("secret", { token, now })).toBe("key-1");
  expect(readSessionToken("secret", { token, now: after(SESSION_SECONDS - 1) })).toBe("key-1");
  expect(readSessionToken("secret", { token, now: after(SESSION_SECONDS) })).toBeUndefined();
});

test.each([
  ["of another instance", sessionToken("other", { keyId: "key-1", now })],
  ["with another key", token.replace("key-1", "key-2")],
  ["with a later end", token.replace(/\.\d+\./, ".99999999999.")],
  ["without a signature", "key-1.99999999999"],
  ["without anything", ""],
])("a token %s is none", (_, forged) => {
  expect(readSessionToken("secret", { token: forged, now })).toBeUndefined();
});
