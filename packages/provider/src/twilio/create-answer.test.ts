import { describe, expect, test } from "vitest";

import { acceptance, refusal } from "./create-answer.ts";
import { TooManyRequestsError } from "./twilio-http.ts";

const SID = `CA${"0123456789abcdef".repeat(2)}`;

describe("an answer to create call", () => {
  test("with the id of a call is an acceptance", () => {
    const accepted = { kind: "accepted", providerCallId: SID };
    expect(acceptance({ sid: SID, status: "queued" })).toEqual({ ...accepted, status: "queued" });
    expect(acceptance({ sid: SID, status: "new word" })).toEqual({ ...accepted, status: "queued" });
  });

  test.each([undefined, "", "SM0123456789abcdef0123456789abcdef", 7])(
    "with %j for an id leaves it unknown",
    (sid) => {
      expect(acceptance({ sid, status: "queued" }).kind).toBe("unknown");
    },
  );

  test.each([
    [400, 21211, "destination"],
    [400, 13224, "destination"],
    [400, 21215, "permission"],
    [400, 21219, "permission"],
    [400, 21210, "fromNumber"],
    [400, 21212, "fromNumber"],
    [400, 21213, "fromNumber"],
    [400, 10001, "account"],
    [400, 21205, "account"],
    [400, 10004, "throttled"],
    [400, 99_999, "permission"],
    [401, 20003, "account"],
    [403, 20005, "account"],
    [404, 20404, "account"],
    [429, 20429, "throttled"],
    // The status decides where both say something.
    [403, 21211, "account"],
  ])("HTTP %i with code %i is a refusal for its %s", (status, code, errorClass) => {
    expect(refusal({ status, code, message: "No" })).toEqual({
      kind: "rejected",
      errorClass,
      errorCode: String(code),
      errorMessage: "No",
    });
  });

  test.each([
    { status: 500, code: 20500 },
    { status: 503, code: 20503 },
    { status: 302 },
    { code: "ECONNRESET" },
    { code: "ECONNABORTED" },
    { code: "EPIPE" },
    new SyntaxError("not JSON"),
    undefined,
  ])("%j leaves it unknown: there may be a call", (error) => {
    expect(refusal(error).kind).toBe("unknown");
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])(
    "%s is a refusal that passes: nothing was sent",
    (code) => {
      expect(refusal({ code })).toMatchObject({ kind: "rejected", errorClass: "throttled" });
    },
  );

  test.each([
    ["7", { retryAfterSeconds: 7 }],
    [undefined, {}],
    ["soon", {}],
  ])("429 with Retry-After %j", (header, expected) => {
    const { kind, errorClass, errorCode, errorMessage, ...rest } = refusal(
      new TooManyRequestsError(header),
    ) as Record<string, unknown>;
    expect([kind, errorClass, errorCode, errorMessage]).toEqual([
      "rejected",
      "throttled",
      "20429",
      "Too many requests",
    ]);
    expect(rest).toEqual(expected);
  });
});
