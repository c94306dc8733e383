import { generateKeyPairSync, sign } from "node:crypto";

import { expect, test } from "vitest";

import { isSigned } from "./callback-signature.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const raw = Buffer.from(publicKey.export({ format: "jwk" }).x!, "base64url").toString("base64");
const rawBody = Buffer.from('{"data":{}}');
const AT = 1_767_225_600;

function signed(timestamp: string) {
  const signature = sign(null, Buffer.from(`${timestamp}|${rawBody.toString()}`), privateKey);
  return { rawBody, timestamp, signature: signature.toString("base64") };
}

test.each([
  [0, true],
  [299, true],
  [-299, true],
  [301, false],
  [-301, false],
])("a callback that is %i seconds old counts: %s", (age, counts) => {
  expect(isSigned(signed(String(AT)), raw, new Date((AT + age) * 1000))).toBe(counts);
});

test("neither another body, another time, nor none of them will do", () => {
  const now = new Date(AT * 1000);
  const good = signed(String(AT));
  expect(isSigned({ ...good, rawBody: Buffer.from("{}") }, raw, now)).toBe(false);
  expect(isSigned({ ...good, timestamp: String(AT + 1) }, raw, now)).toBe(false);
  expect(isSigned({ ...good, timestamp: undefined }, raw, now)).toBe(false);
  expect(isSigned({ ...good, timestamp: "soon" }, raw, now)).toBe(false);
  expect(isSigned({ ...good, signature: undefined }, raw, now)).toBe(false);
});
