import { expect, test } from "vitest";

import { NO_PREVIEW, previewWith, type RetryPreview } from "./bulk-preview.ts";

const fine = {
  ok: true as const,
  refusal: null,
  zones: ["Europe/Berlin"],
  isZoneStated: false,
  quietUntil: null,
  pastCost: { calls: 3, meanUSDCents: 2.5 },
  calledAgainAs: null,
};
const answers: RetryPreview[] = [
  { ...fine, _id: "a" },
  { ...fine, _id: "b", quietUntil: "2026-11-26T06:00:00.000Z", pastCost: null },
  { ...fine, _id: "c", calledAgainAs: { _id: "c2", status: "Queued" } },
  { ...fine, _id: "d", refusal: "what was said in this call is not known; send a new request" },
  { ok: false, _id: "e", error: { code: "NOT_FOUND", message: "no such call" } },
];
const rows = answers.map(({ _id }) => ({ _id, toNumber: "+15550100100" }));

test("those that would be called, called again before and refused are kept apart", () => {
  const preview = previewWith(
    previewWith(NO_PREVIEW, rows.slice(0, 1), answers.slice(0, 1)),
    rows.slice(1),
    answers.slice(1),
  );
  expect(preview).toEqual({
    looked: 5,
    ids: ["a", "b"],
    numbers: new Set(["+15550100100"]),
    refused: new Map([
      ["what was said in this call is not known; send a new request", 1],
      ["no such call", 1],
    ]),
    before: [{ from: "c", to: "c2" }],
    zones: new Map([['["Europe/Berlin"]', 2]]),
    quiet: new Map([["2026-11-26T06:00:00.000Z", 1]]),
    usdCents: 2.5,
    unpriced: 1,
  });
  expect(NO_PREVIEW.ids).toEqual([]);
});
