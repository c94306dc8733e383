import fc from "fast-check";
import { expect, test } from "vitest";

import { callbackSecret, callbackUrls, isCallbackSecret } from "./callback-address.ts";

const address = {
  publicUrl: "https://calls.shop.example/base/",
  provider: "simulated",
  attemptId: "376d7300-28fe-11f1-b591-3fdcef396aba-1",
  instanceSecret: "instance secret",
};

test("the addresses carry provider, attempt, secret and kind, below the public address", () => {
  const secret = callbackSecret(address.instanceSecret, address.attemptId);
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

test("the secret is good for its own attempt and instance only", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (instance, attempt, other) => {
      const secret = callbackSecret(instance, attempt);
      expect(isCallbackSecret(instance, attempt, secret)).toBe(true);
      expect(isCallbackSecret(instance, attempt, other)).toBe(false);
      expect(isCallbackSecret(instance, `${attempt}${other}x`, secret)).toBe(false);
      expect(isCallbackSecret(`${instance}${other}x`, attempt, secret)).toBe(false);
    }),
  );
});
