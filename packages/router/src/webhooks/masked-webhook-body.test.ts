import { expect, test } from "vitest";

import { maskedWebhookBody } from "./masked-webhook-body.ts";

const NUMBER = "+15559998888";
const SPOKEN = "The database of shop.example is down.";
const event = {
  type: "call.exhausted",
  timestamp: "2026-11-26T10:00:00.000Z",
  data: {
    projectId: "p",
    callLog: { _id: "c", status: "Failed", toNumber: NUMBER, callData: { message: SPOKEN } },
    change: { status: "Failed", statusMessage: `refused: ${NUMBER}`, digits: "4711" },
  },
};
const masked = (value: unknown) => JSON.parse(maskedWebhookBody(JSON.stringify(value))) as object;

test("the call log and the change are masked as a masked key sees calls", () => {
  const shown = masked(event);
  expect(shown).toMatchObject({
    type: event.type,
    timestamp: event.timestamp,
    data: { callLog: { _id: "c", status: "Failed" }, change: { status: "Failed" } },
  });
  expect(JSON.stringify(shown)).not.toMatch(/9998888|shop\.example|4711/);
});

test("what is no event of a call is hidden but for its type and time", () => {
  const { type, timestamp } = event;
  expect(masked({ type, timestamp, data: { text: SPOKEN } })).toEqual({
    type,
    timestamp,
    data: { masked: true },
  });
  expect(masked({ type, timestamp, more: SPOKEN })).toEqual({
    type,
    timestamp,
    data: { masked: true },
  });
});
