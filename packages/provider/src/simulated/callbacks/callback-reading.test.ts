import { providerEvent } from "@call-log/model";
import { expect, test } from "vitest";

import { readForm } from "./callback-reading.ts";

test("of 60,000 digits so many are read as can be recorded", () => {
  const form = { CallSid: "c1", Timestamp: "2026-11-29T10:00:00.000Z", Digits: "4".repeat(60_000) };
  const { events } = readForm({
    kind: "gather",
    attemptId: "376d7300-28fe-11f1-b591-3fdcef396aba-1",
    url: "http://127.0.0.1:3000/",
    headers: {},
    rawBody: Buffer.from(new URLSearchParams(form).toString()),
  });
  expect(events.map((event) => providerEvent.parse(event).digits)).toEqual(["4".repeat(32)]);
});
