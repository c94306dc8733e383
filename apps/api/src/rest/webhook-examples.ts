const endpointId = "01a21523-cd02-719e-b2fb-9a8e9da2f264";
const callLogId = "0198f2a4-1111-7000-8000-000000000001";
const projectId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const eventId = `${callLogId}-e3`;
const at = "2026-11-26T10:00:00.000Z";

/** A secret that signs nothing. */
export const EXAMPLE_SECRET = "whsec_ZXhhbXBsZS1zZWNyZXQtb2Ytbm8tZW5kcG9pbnQ=";

/** An endpoint as the documentation shows it. */
export const EXAMPLE_ENDPOINT = {
  _id: endpointId,
  projectId,
  url: "https://hooks.example.com/calls",
  description: "Incident bot",
  events: ["call.status-changed", "call.acknowledged"],
  enabled: true,
  lastSuccessAt: at,
  lastDay: { pending: 0, delivered: 412, failed: 1 },
  createdAt: "2026-11-25T09:00:00.000Z",
  updatedAt: "2026-11-25T09:00:00.000Z",
};

/** A delivery as the documentation shows it. */
export const EXAMPLE_DELIVERY = {
  _id: `${eventId}-${endpointId}`,
  kind: "webhook",
  projectId,
  endpointId,
  eventId,
  type: "call.acknowledged",
  callLogId,
  state: "delivered",
  createdAt: at,
  endedAt: "2026-11-26T10:00:00.120Z",
  tryCount: 1,
  tries: [{ at, milliseconds: 112, status: 200, answer: "ok" }],
  expireAt: "2026-12-26T10:00:00.000Z",
};

/** The body of that delivery, as it was sent. */
export const EXAMPLE_BODY = JSON.stringify({
  type: EXAMPLE_DELIVERY.type,
  timestamp: at,
  data: { projectId, callLog: { _id: callLogId, status: "Completed" }, change: {} },
});
