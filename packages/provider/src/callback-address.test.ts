import fc from "fast-check";
import { expect, test } from "vitest";

import { callbackSecret, callbackUrls, isCallbackSecret } from "./callback-address.ts";

const address = {
  publicUrl: "https://calls.shop.example/base/",
  provider: "simulated",
  attemptId: "376d7300-28fe-11f1-b591-3fdcef396aba-1",
  callbackKey: "key for callbacks",
};

test("the addresses carry provider, attempt, secret and kind, below the public address", () => {
  const secret = callbackSecret(address.callbackKey, address.attemptId);
  const base = `https://calls.shop.example/base/hooks/simulated/${address.attemptId}/${secret}`;
  expect(callbackUrls(address)).toEqual({
    status: `${base}/status`,
    gather: `${base}/gather`,
    amd: `${base}/amd`,
  });
});

test("the secret has 192 bits and stands in an address as it is", () => {
  expect(callbackSecret("a", "b")).toMatch(/^[\w-]{32}$/);
});

test("the secret is good for its own attempt and under the keys that count only", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (key, attempt, other) => {
      const secret = callbackSecret(key, attempt);
      const another = `${key}${other}x`;
      expect(isCallbackSecret([key], attempt, secret)).toBe(true);
      expect(isCallbackSecret([another, key], attempt, secret)).toBe(true);
      expect(isCallbackSecret([key], attempt, other)).toBe(false);
      expect(isCallbackSecret([key], `${attempt}${other}x`, secret)).toBe(false);
      expect(isCallbackSecret([another], attempt, secret)).toBe(false);
      expect(isCallbackSecret([], attempt, secret)).toBe(false);
    }),
  );
});
