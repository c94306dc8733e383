import { describe, expect, test } from "vitest";

import { dialled, unanswered } from "./dial-answer.ts";

const errorAt = (pointer?: string, code = "10015") => ({
  errors: [{ code, title: "Bad Request", ...(pointer && { source: { pointer } }) }],
});

describe("Telnyx's answer to a dial", () => {
  test.each([
    [401, errorAt(undefined, "10009"), "account"],
    [402, {}, "account"],
    [403, errorAt(undefined, "10010"), "permission"],
    [404, errorAt(undefined, "10005"), "account"],
    [422, errorAt("/to"), "destination"],
    [422, errorAt("/from"), "fromNumber"],
    [403, errorAt(undefined, "D36"), "fromNumber"],
    [403, errorAt(undefined, "D17"), "account"],
    [422, errorAt("/connection_id"), "account"],
    [400, errorAt(undefined, "10016"), "destination"],
    [422, errorAt("/audio_url"), "permission"],
    [429, undefined, "throttled"],
  ])("%i %j is a refusal for its %3$s", (status, body, errorClass) => {
    const errorMessage = expect.stringMatching(/\w/);
    expect(dialled({ status, body })).toMatchObject({ kind: "rejected", errorClass, errorMessage });
  });

  test("says when to come again", () => {
    expect(dialled({ status: 429, body: {}, retryAfterSeconds: 7 })).toMatchObject({
      retryAfterSeconds: 7,
    });
  });

  test.each([
    [200, { data: {} }],
    [200, undefined],
    [302, undefined],
    [500, errorAt()],
    [503, undefined],
  ])("%i %j may or may not have placed a call", (status, body) => {
    expect(dialled({ status, body })).toMatchObject({ kind: "unknown" });
  });

  test.each([
    ["ECONNREFUSED", "rejected"],
    ["ENOTFOUND", "rejected"],
    ["ECONNRESET", "unknown"],
    ["UND_ERR_SOCKET", "unknown"],
  ])("a connection that fails with %s is %s", (code, kind) => {
    expect(
      unanswered(Object.assign(new TypeError("fetch failed"), { cause: { code } })),
    ).toMatchObject({ kind });
  });
});
