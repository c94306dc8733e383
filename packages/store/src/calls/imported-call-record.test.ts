import { isFinalStatus } from "@call-log/model";
import { FIXTURE_PROJECT_ID } from "@call-log/testing";
import fc from "fast-check";
import { expect, test } from "vitest";

import { importedCallRecord } from "./imported-call-record.ts";

const INCIDENT_ID = "0d4e9f2c-3a51-4b7e-9c68-1f2a3b4c5d6e";

const plain = {
  _id: "376D7300-28fe-11f1-b591-3fdcef396aba",
  createdAt: "2025-03-04T05:06:07.089Z",
  toNumber: "+1-555-999-8888",
  fromNumber: "+1-555-111-2222",
  callData: { message: "Alert notification", nothing: null },
  status: "Success",
};

function recordOf(row: unknown) {
  const { record } = importedCallRecord(row, FIXTURE_PROJECT_ID);
  if (record === undefined) throw new Error("refused");
  return record;
}

function refusalOf(row: unknown) {
  const imported = importedCallRecord(row, FIXTURE_PROJECT_ID);
  return imported.record === undefined ? imported.refusal : undefined;
}

function nested(levels: number): object {
  let inner = {};
  for (let level = 0; level < levels; level += 1) inner = { inner };
  return inner;
}

test("a plain row keeps its id, dates, numbers and status, and has nothing to dial", () => {
  expect(
    recordOf({
      ...plain,
      callCostInUSDCents: "1.3",
      incident: { _id: INCIDENT_ID, title: "Disk" },
    }),
  ).toEqual({
    _id: "376d7300-28fe-11f1-b591-3fdcef396aba",
    projectId: FIXTURE_PROJECT_ID,
    createdAt: new Date("2025-03-04T05:06:07.089Z"),
    updatedAt: new Date("2025-03-04T05:06:07.089Z"),
    toNumber: "+1-555-999-8888",
    fromNumber: "+1-555-111-2222",
    callData: { message: "Alert notification", nothing: null },
    status: "Success",
    callCostInUSDCents: 1.3,
    incident: { _id: INCIDENT_ID, title: "Disk" },
    incidentId: INCIDENT_ID,
    attempts: [],
    attemptCount: 0,
    tags: [],
    plan: expect.objectContaining({ steps: [], sensitive: false }),
    requestDigest: "imported",
    revision: 0,
  });
});

test("typed values of OneUptime give the same record as plain ones", () => {
  const user = { _id: INCIDENT_ID, name: "Ada", email: "ada@shop.example" };
  const typed = {
    ...plain,
    _id: { _type: "ObjectID", value: plain._id },
    createdAt: { _type: "DateTime", value: plain.createdAt },
    toNumber: { _type: "Phone", value: plain.toNumber },
    userId: { _type: "ObjectID", value: INCIDENT_ID },
    user: {
      _id: { _type: "ObjectID", value: INCIDENT_ID },
      name: { _type: "Name", value: "Ada" },
      email: { _type: "Email", value: "ada@shop.example" },
      slug: "ada",
    },
  };
  expect(recordOf(typed)).toEqual(recordOf({ ...plain, user }));
});

test("callData stays untouched inside, whatever it looks like", () => {
  const callData = { _type: "ObjectID", value: "x", more: { _type: "Phone", value: null } };
  expect(recordOf({ ...plain, callData }).callData).toEqual(callData);
});

test("a related object without its id takes it from the property beside it", () => {
  const { team, teamId } = recordOf({ ...plain, teamId: INCIDENT_ID, team: { name: "Ops" } });
  expect({ team, teamId }).toEqual({
    team: { _id: INCIDENT_ID, name: "Ops" },
    teamId: INCIDENT_ID,
  });
});

test("attempts of our own export come back with their times", () => {
  const at = "2025-03-04T05:06:08.000Z";
  const attempts = [
    {
      _id: "376d7300-28fe-11f1-b591-3fdcef396aba-1",
      number: 1,
      state: "ended",
      dueAt: at,
      endedAt: at,
      provider: null,
      events: [{ at, source: "poll", status: "completed", late: false }],
    },
  ];
  const record = recordOf({ ...plain, attempts, pricing: "pending" });
  expect(record.attempts[0]).toMatchObject({
    endedAt: new Date(at),
    events: [{ at: new Date(at) }],
  });
  expect(record).toMatchObject({ attemptCount: 1, pricing: "estimated" });
});

test.each([
  ["_id", { ...plain, _id: undefined }, "is missing"],
  ["_id", { ...plain, _id: "17" }, "must be a UUID or 24 hexadecimal digits"],
  ["createdAt", { ...plain, createdAt: null }, "is missing"],
  ["createdAt", { ...plain, createdAt: "yesterday" }, "must be a date and time with its zone"],
  ["toNumber", { ...plain, toNumber: 15559998888 }, "must be text"],
  ["fromNumber", { ...plain, fromNumber: "" }, "must not be empty"],
  ["status", { ...plain, status: "Queued" }, "must be a status of a call that is over"],
  ["status", { ...plain, status: undefined }, "is missing"],
  ["callData", { ...plain, callData: "hello" }, "must be a JSON object"],
  ["callData", { ...plain, callData: { "a\0b": 1 } }, "no key may hold a NUL"],
  ["callData", { ...plain, callData: { text: "x".repeat(1_000_000) } }, "must be at most 1000000"],
  ["toNumber", { ...plain, toNumber: "4,479E+11" }, "what a spreadsheet has made of a number"],
  ["fromNumber", { ...plain, fromNumber: "+1555•••••88" }, "is masked"],
  ["statusMessage", { ...plain, statusMessage: "\ud83d" }, "half a character"],
  ["callData", { ...plain, callData: { a: ["\udc00"] } }, "half a character"],
  [
    "callData",
    { ...plain, callData: JSON.parse('{"a":{"__proto__":1}}') },
    "no key may be __proto__",
  ],
  ["callData", { ...plain, callData: { a: { _bsontype: "ObjectId" } } }, "no key may be _bsontype"],
  ["callData", { ...plain, callData: nested(1000) }, "must be nested at most 80 levels"],
  ["createdAt", { ...plain, createdAt: "0001-01-01T00:00:00+01:00" }, "years 0001 to 9999"],
  ["createdAt", { ...plain, createdAt: "9999-12-31T23:59:59-01:00" }, "years 0001 to 9999"],
  [
    "incident",
    { ...plain, incident: INCIDENT_ID, incidentId: plain._id },
    "another _id than incidentId",
  ],
  ["incidentId", { ...plain, incidentId: "17" }, "must be a UUID"],
  ["incident._id", { ...plain, incident: { title: "Disk" } }, "is missing"],
  ["team", { ...plain, team: 7 }, "must be an object or an id"],
  ["tags", { ...plain, tags: "database" }, "must be a list of texts"],
  [
    "attempts.0.events",
    { ...plain, attempts: [{ _id: "x-1", number: 1, state: "ended", dueAt: plain.createdAt }] },
    "is missing",
  ],
  ["", [plain], "must be an object"],
])("refused for %s: %o → %s", (field, row, reason) => {
  expect(refusalOf(row)).toEqual({ field, reason: expect.stringContaining(reason) });
});

test("a price without an amount, with null or without a word for it, is one", () => {
  const attempt = { _id: "x-1", number: 1, state: "ended", dueAt: plain.createdAt, events: [] };
  for (const price of [{ pricing: "final" }, { amount: null, currency: null, pricing: "final" }])
    expect(recordOf({ ...plain, attempts: [{ ...attempt, price }] }).attempts[0]!.price).toEqual({
      amount: null,
      currency: null,
      pricing: "final",
    });
});

test("a time inside attempts that a spreadsheet has rewritten is refused, not guessed", () => {
  const attempts = [
    { _id: "x-1", number: 1, state: "ended", dueAt: "11/23/2026 3:12", events: [] },
  ];
  expect(refusalOf({ ...plain, attempts })?.field).toBe("attempts.0.dueAt");
});

test("that the text of a sensitive call was deleted is known after the import, too", () => {
  expect(recordOf({ ...plain, callData: { sensitive: true } }).plan.sensitive).toBe(true);
});

test("what is nested deeper than the stack is refused like the rest", () => {
  const reason = "must be nested at most 80 levels";
  for (const [field, value] of [
    ["callData", nested(50_000)],
    ["attempts", [nested(50_000)]],
    ["incident", { _id: INCIDENT_ID, name: nested(50_000) }],
  ] as const)
    expect(refusalOf({ ...plain, [field]: value })).toEqual({ field, reason });
});

test.each(["many", "0x10", " 16", "1e2", "1,3", "", "Infinity"])("%j is no cost", (cost) => {
  expect(refusalOf({ ...plain, callCostInUSDCents: cost })).toEqual({
    field: "callCostInUSDCents",
    reason: expect.stringContaining("must be a number"),
  });
});

test("names that a call log does not have are told", () => {
  expect(
    importedCallRecord({ ...plain, slug: "x", version: 1, deletedAt: null }, FIXTURE_PROJECT_ID),
  ).toMatchObject({
    ignored: ["slug", "version"],
  });
});

test("no row gives anything that could be dialled or swept, and none throws", () => {
  const rows = fc.record(
    {
      _id: fc.uuid(),
      createdAt: fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
        .map((d) => d.toISOString()),
      toNumber: fc.oneof(fc.string(), fc.constant("+15559998888")),
      fromNumber: fc.constant("+15551112222"),
      callData: fc.dictionary(fc.string(), fc.jsonValue()),
      status: fc.oneof(
        fc.string(),
        fc.constantFrom("Queued", "Dialing", "Completed", "Success", "Unknown", "toString"),
      ),
      attempts: fc.jsonValue(),
      incident: fc.jsonValue(),
      plan: fc.jsonValue(),
      wakeAt: fc.jsonValue(),
      projectId: fc.uuid(),
    },
    { requiredKeys: ["_id", "createdAt", "toNumber", "fromNumber", "status"] },
  );
  fc.assert(
    fc.property(fc.oneof(rows, fc.jsonValue()), (row) => {
      const { record } = importedCallRecord(row, FIXTURE_PROJECT_ID);
      if (record === undefined) return;
      expect(isFinalStatus(record.status)).toBe(true);
      expect(record).not.toHaveProperty("wakeAt");
      expect(record.plan.steps).toEqual([]);
      expect(record.projectId).toBe(FIXTURE_PROJECT_ID);
    }),
    { numRuns: 500 },
  );
});
