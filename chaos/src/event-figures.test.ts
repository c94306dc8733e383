import { expect, test } from "vitest";

import { eventFigures } from "./event-figures.ts";
import type { ReceivedEvent } from "./webhook-receiver.ts";

const event = (id: string, more: Partial<ReceivedEvent> = {}): ReceivedEvent => ({
  id,
  callLogId: "c",
  type: "call.status-changed",
  to: "Completed",
  body: "",
  isTaken: true,
  lagMs: 1,
  ...more,
});

test("the time from the end of a call counts to the first arrival that the receiver took", () => {
  const ends = Array.from({ length: 199 }, (_, index) => event(`e${index}`, { lagMs: index + 1 }));
  const figures = eventFigures([
    event("late", { isTaken: false, lagMs: 5 }),
    event("late", { lagMs: 900 }),
    event("late", { lagMs: 2000 }),
    event("ringing", { to: "Ringing", lagMs: 5000 }),
    event("priced", { type: "call.price-final", to: undefined, lagMs: 5000 }),
    ...ends,
  ]);
  expect(figures).toEqual({
    arrived: 202,
    repeated: 2,
    endToWebhookMs: { p50: 100, p99: 198 },
  });
});

test("of a run in which no end arrived there is no time", () => {
  expect(eventFigures([event("a", { to: "Ringing" })]).endToWebhookMs).toBeNull();
});
