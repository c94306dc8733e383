import { queryInput, type QueryInput } from "@call-log/model";
import { expect, test } from "vitest";

import type { CellFacts } from "./figure-cells.ts";
import { figureQuery } from "./figure-query.ts";

const facts = (some: Partial<CellFacts>): CellFacts => ({
  status: "Completed",
  provider: "twilio",
  country: "",
  outcomes: [],
  answeredBy: null,
  attemptCount: 1,
  times: [],
  cost: { least: 1, most: 3 },
  ...some,
});
const asked = (query: object) => figureQuery(queryInput.parse(query as QueryInput));
const both = { outcomes: ["busy", "reached"] };

test.each<[object, Partial<CellFacts>, boolean | undefined]>([
  [{}, {}, true],
  [{ status: "Busy" }, { status: "Busy" }, true],
  [{ status: { $nin: ["Busy"] } }, { status: "Busy" }, false],
  [{ provider: "twilio" }, {}, true],
  [{ provider: ["telnyx", "twilio"] }, {}, true],
  [{ provider: { $ne: "twilio" } }, {}, false],
  [{ provider: { $ne: "twilio" } }, { provider: null }, true],
  [{ provider: null }, { provider: null }, true],
  [{ provider: null }, { provider: "" }, false],
  [{ provider: "" }, { provider: "" }, true],
  [{ provider: { _type: "NotEqual", value: "twilio" } }, { provider: null }, false],
  [{ provider: { _type: "NotEqual", value: "twilio" } }, { provider: "telnyx" }, true],
  [{ provider: { _type: "IncludesNone", value: ["twilio"] } }, { provider: "telnyx" }, true],
  [{ provider: { $not: { $in: ["twilio"] } } }, {}, false],
  [{ answeredBy: null }, {}, true],
  [{ answeredBy: null }, { answeredBy: "human" }, false],
  [{ answeredBy: { _type: "NotNull" } }, {}, false],
  [{ answeredBy: { _type: "EqualToOrNull", value: "human" } }, {}, true],
  [{ "attempts.outcome": "busy" }, both, true],
  [{ "attempts.outcome": "busy" }, {}, false],
  [{ "attempts.outcome": { $ne: "busy" } }, both, false],
  [{ "attempts.outcome": { $ne: "busy" } }, {}, true],
  [{ acknowledgedAt: { _type: "NotNull" } }, { times: ["acknowledgedAt"] }, true],
  [{ acknowledgedAt: { _type: "NotNull" } }, { times: ["scheduledAt"] }, false],
  [{ acknowledgedAt: { _type: "NotNull" } }, {}, false],
  [{ acknowledgedAt: null }, {}, true],
  [{ scheduledAt: { $gt: "2026-11-01" } }, {}, false],
  [{ scheduledAt: { $gt: "2026-11-01" } }, { times: ["scheduledAt"] }, undefined],
  [{ scheduledAt: { $not: { $gt: "2026-11-01" } } }, {}, true],
  [{ deadlineAt: { _type: "GreaterThanOrNull", value: "2026-11-01" } }, {}, true],
  [{ deadlineAt: "2026-11-01" }, { times: ["deadlineAt"] }, undefined],
  [{ deadlineAt: { $ne: "2026-11-01" } }, {}, true],
  [{ deadlineAt: { $in: [null, "2026-11-01"] } }, {}, true],
  [{ attemptCount: 1 }, {}, true],
  [{ attemptCount: { _type: "NotEqual", value: 1 } }, {}, false],
  [{ attemptCount: { $nin: [0, 2] } }, {}, true],
  [{ attemptCount: { $gt: 1 } }, { attemptCount: 2 }, true],
  [{ attemptCount: { $gt: 1 } }, { attemptCount: null }, false],
  [{ attemptCount: { $not: { $gt: 1 } } }, { attemptCount: null }, true],
  [{ attemptCount: { _type: "LessThanOrNull", value: 1 } }, { attemptCount: null }, true],
  [{ attemptCount: null }, { attemptCount: null }, true],
  [{ attemptCount: { $in: [null, 2] } }, { attemptCount: 1 }, false],
  [{ callCostInUSDCents: { $gt: 3 } }, {}, false],
  [{ callCostInUSDCents: { $gte: 3 } }, {}, undefined],
  [{ callCostInUSDCents: { $gte: 1 } }, {}, true],
  [{ callCostInUSDCents: { $gt: 1 } }, {}, undefined],
  [{ callCostInUSDCents: { $lt: 1 } }, {}, false],
  [{ callCostInUSDCents: { $lte: 1 } }, {}, undefined],
  [{ callCostInUSDCents: { $lte: 3 } }, {}, true],
  [{ callCostInUSDCents: { $gte: 1, $lte: 3 } }, {}, true],
  [{ callCostInUSDCents: { $not: { $gt: 3 } } }, {}, true],
  [{ callCostInUSDCents: { $not: { $gt: 2 } } }, {}, undefined],
  [{ callCostInUSDCents: 2 }, {}, undefined],
  [{ callCostInUSDCents: { $ne: 2 } }, {}, undefined],
  [{ callCostInUSDCents: { $ne: 4 } }, {}, true],
  [{ callCostInUSDCents: [0, 4, null] }, {}, false],
  [{ callCostInUSDCents: 2 }, { cost: { least: 2, most: 2 } }, true],
  [{ status: "Busy", callCostInUSDCents: 2 }, {}, false],
  [{ status: "Completed", callCostInUSDCents: 2 }, {}, undefined],
  [{ $or: [{ status: "Completed" }, { callCostInUSDCents: 2 }] }, {}, true],
  [{ $or: [{ status: "Busy" }, { callCostInUSDCents: 2 }] }, {}, undefined],
  [{ $nor: [{ status: "Busy" }, { callCostInUSDCents: 2 }] }, {}, undefined],
  [{ $nor: [{ status: "Completed" }, { callCostInUSDCents: 2 }] }, {}, false],
  [{ $or: [{ status: "Busy" }, { provider: "twilio" }] }, {}, true],
  [{ $nor: [{ status: "Busy" }, { provider: "twilio" }] }, {}, false],
  [{ $and: [{ status: "Completed" }, { provider: "telnyx" }] }, {}, false],
])("%j of calls with %j is %j", (query, some, expected) => {
  expect(asked(query)?.wants(facts(some))).toBe(expected);
});

test("times that must hold are a range", () => {
  const from = "2026-11-01T00:00:00.000Z";
  const query = { provider: "twilio", $and: [{ createdAt: { $gte: from } }] };
  expect(asked(query)).toMatchObject({
    range: { from: Date.parse(from), to: Number.POSITIVE_INFINITY },
  });
});

test("a tag that must hold stands beside conditions on facts", () => {
  const query = { tags: ["night"], $and: [{ status: "Busy" }, { provider: "twilio" }] };
  const { tag, wants } = asked(query)!;
  expect(tag).toBe("night");
  expect(["Busy", "Failed"].filter((status) => wants(facts({ status })))).toEqual(["Busy"]);
  expect(asked({ status: "Busy" })).not.toHaveProperty("tag");
});

test.each<[string, object]>([
  ["one of two tags", { tags: ["night", "urgent"] }],
  ["two tests of tags", { $and: [{ tags: "night" }, { tags: "urgent" }] }],
  ["another tag than one", { tags: { $ne: "night" } }],
  ["no tags", { tags: { $size: 0 } }],
  ["an attempt without an outcome", { "attempts.outcome": null }],
  [
    "times among alternatives",
    { $or: [{ status: "Busy" }, { createdAt: { $gte: "2026-11-01" } }] },
  ],
  ["a search", { provider: { _type: "Search", value: "twi" } }],
  ["a property that figures do not have", { toNumber: "+15550100100" }],
  ["one that an alternative has", { $or: [{ status: "Busy" }, { tags: "night" }] }],
  ["whether there is a value", { answeredBy: { $exists: true } }],
])("%s is left to the database", (_, query) => {
  expect(asked(query)).toBeUndefined();
});
