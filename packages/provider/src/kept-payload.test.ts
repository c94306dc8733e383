import fc from "fast-check";
import { expect, test } from "vitest";

import { payloadOf } from "./kept-payload.ts";

const form = (fields: Record<string, string>) =>
  Buffer.from(new URLSearchParams(fields).toString());

test("of a form what a person wants to see is kept, and neither people, secrets nor what was said", () => {
  const body = form({
    CallSid: "CA1",
    AccountSid: "AC1",
    CallStatus: "completed",
    Timestamp: "Tue, 24 Nov 2026 03:13:40 +0000",
    SequenceNumber: "3",
    SipResponseCode: "200",
    To: "+15559998888",
    From: "+15551112222",
    Called: "+15559998888",
    CallerCity: "SAN FRANCISCO",
    ToZip: "94105",
    Direction: "outbound-api",
    Digits: "4",
    SpeechResult: "yes, this is she",
    CallbackSource: "call-progress-events",
    Reason: "number +15559998888 has a problem",
  });
  expect(payloadOf(body)).toEqual({
    CallStatus: "completed",
    SipResponseCode: "200",
    Direction: "outbound-api",
    CallbackSource: "call-progress-events",
    Reason: "number +••••••••••• has a problem",
  });
});

test("JSON is kept by the way to each value", () => {
  const body = Buffer.from(
    JSON.stringify({
      data: {
        event_type: "call.hangup",
        occurred_at: "2026-11-24T03:13:40Z",
        payload: {
          call_control_id: "v3:1",
          client_state: "c2VjcmV0",
          to: "+15559998888",
          hangup_cause: "normal_clearing",
          custom_headers: [{ name: "X-Key", value: "secret" }],
        },
      },
    }),
  );
  expect(payloadOf(body)).toEqual({
    "data/event_type": "call.hangup",
    "data/payload/hangup_cause": "normal_clearing",
  });
});

test.each(["", "{", "%24set=1&a.b=1", "To=%2B15559998888"])("of %j nothing is left", (body) => {
  expect(payloadOf(Buffer.from(body))).toBeUndefined();
});

test("whatever comes, it is at most 1 kB, and has no number in it", () => {
  const value = fc.oneof(fc.string({ maxLength: 400 }), fc.constant("call +15559998888 now"));
  const fields = fc.dictionary(fc.string({ minLength: 1, maxLength: 40 }), value, { maxKeys: 60 });
  fc.assert(
    fc.property(fields, (given) => {
      for (const body of [form(given), Buffer.from(JSON.stringify({ data: given }))]) {
        const kept = JSON.stringify(payloadOf(body) ?? {});
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(1024);
        expect(kept).not.toContain("+15559998888");
      }
    }),
  );
});
