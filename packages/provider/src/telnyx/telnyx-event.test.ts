import { describe, expect, test } from "vitest";

import { toClientState, type CallLabel } from "./call-label.ts";
import { cueOf, eventIn, factsOf } from "./telnyx-event.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const LABEL: CallLabel = {
  attemptId: "0123456789abcdef01234567-1",
  to: "+15550100100",
  from: "+15550100999",
  createdAt: NOW.toISOString(),
};
const SPOKEN_TO: CallLabel = { ...LABEL, speaking: { step: 0, part: "step" } };

function event(type: string, payload: object, label: CallLabel = LABEL) {
  const full = { call_control_id: "v3:1", client_state: toClientState(label), ...payload };
  const data = { event_type: type, occurred_at: "2026-01-01T00:00:01.5Z", payload: full };
  return eventIn(Buffer.from(JSON.stringify({ data })), NOW)!;
}

describe("an event of Telnyx", () => {
  test.each([
    ["user_busy", "486", LABEL, { status: "busy", sipResponseCode: 486 }],
    ["timeout", "487", LABEL, { status: "no-answer", sipResponseCode: 487 }],
    ["call_rejected", "603", LABEL, { status: "declined", sipResponseCode: 603 }],
    ["originator_cancel", "unspecified", LABEL, { status: "canceled" }],
    ["normal_clearing", "200", SPOKEN_TO, { status: "completed", sipResponseCode: 200 }],
    ["normal_clearing", "200", LABEL, { status: "no-answer", sipResponseCode: 200 }],
    [
      "of_a_new_kind",
      "503",
      LABEL,
      { status: "failed", sipResponseCode: 503, errorMessage: "Telnyx: of_a_new_kind" },
    ],
  ])("tells how a call ended: %s %s", (...row) => {
    const [hangup_cause, sip_hangup_cause, label, facts] = row;
    expect(factsOf(event("call.hangup", { hangup_cause, sip_hangup_cause }, label))).toEqual(facts);
  });

  test("tells what a call cost, as decimal text", () => {
    const payload = { status: "success", total_cost: "0.0070", cost_parts: [{ currency: "USD" }] };
    const price = { amount: "0.0070", currency: "USD" };
    expect(factsOf(event("call.cost", payload))).toEqual({ status: "price", price });
    expect(factsOf(event("call.cost", { ...payload, status: "error" }))).toBeUndefined();
  });

  test("tells which digits were pressed, and at which question", () => {
    const label: CallLabel = { ...LABEL, speaking: { step: 2, part: "step" } };
    const facts = factsOf(event("call.gather.ended", { digits: "4" }, label));
    expect(facts).toEqual({ status: "digits", digits: "4", step: 2 });
  });

  test("that says nothing of the attempt is no error", () => {
    expect(factsOf(event("call.speak.started", {}))).toBeUndefined();
    expect(factsOf(event("constructor", {}))).toBeUndefined();
    expect(factsOf(event("call.gather.ended", { digits: "" }))).toBeUndefined();
  });

  test.each([
    ["call.answered", {}, { kind: "answered" }],
    ["call.speak.ended", { status: "completed" }, { kind: "spoken" }],
    ["call.speak.ended", { status: "call_hangup" }, undefined],
    ["call.gather.ended", { status: "valid", digits: "4" }, { kind: "gathered", digits: "4" }],
    ["call.gather.ended", { status: "call_hangup" }, undefined],
    ["call.hangup", {}, undefined],
  ])("lets follow what is spoken next: %s %j", (type, payload, cue) => {
    expect(cueOf(event(type, payload))).toEqual(cue);
  });

  test.each([
    "",
    "[]",
    "{}",
    '{"data":{"event_type":"call.answered"}}',
    '{"data":{"event_type":"x","occurred_at":"x","payload":{"call_control_id":"1","client_state":"e30="}}}',
  ])("that is not about a call of ours is left alone: %s", (body) => {
    expect(eventIn(Buffer.from(body), NOW)).toBeUndefined();
  });
});
