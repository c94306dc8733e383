import { readFileSync } from "node:fs";

import {
  callRequest,
  countInput,
  listInput,
  queryInput,
  RELATION_NAMES,
  selectInput,
  sortInput,
} from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { problems } from "../testing/documented-responses.ts";

const schema = (name: string) => `#/components/schemas/${name}`;

function isDocumented(name: string, value: unknown): boolean {
  return problems(schema(name), JSON.parse(JSON.stringify(value))).length === 0;
}

function page(name: string): string {
  return readFileSync(new URL(`../../../../docs/reference/${name}`, import.meta.url), "utf8");
}

const fences = (text: string) =>
  [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json!) as unknown);

describe("every example of the documentation is documented", () => {
  test.each(fences(page("api.md")))("docs/reference/api.md: %j", (example) => {
    const [list, count] = [
      isDocumented("CallLogList", example),
      isDocumented("CallLogCount", example),
    ];
    expect(list || count).toBe(true);
    expect(listInput.safeParse(example).success || countInput.safeParse(example).success).toBe(
      true,
    );
  });

  test("docs/reference/api.md: the queries in its tables", () => {
    const text = page("api.md");
    const part = text.slice(text.indexOf("\n## Query"), text.indexOf("\n## Select"));
    const cells = [...part.matchAll(/\| `(\{".*?\})` +\|/g)].map(([, json]) => json!);
    expect(cells.length).toBeGreaterThan(40);
    const wrong = cells.filter((cell) => {
      const query: unknown = JSON.parse(cell);
      return !isDocumented("CallLogQuery", query) || !queryInput.safeParse(query).success;
    });
    expect(wrong).toEqual([]);
  });

  test.each(fences(page("call-request.md")))("docs/reference/call-request.md: %j", (example) => {
    expect(problems(schema("CallRequest"), example)).toEqual([]);
    expect(callRequest.safeParse(example).success).toBe(true);
  });
});

const TEXTS = ["x", "", " ", "x".repeat(65), "x".repeat(101), "x".repeat(256), "x".repeat(501)];

test("a selection and a sort order are taken if and only if they are documented", () => {
  const names = ["status", "callData", "attempts", "version", "deletedAt", "nonsense", "createdAt"];
  const columns = fc.dictionary(
    fc.constantFrom("_id", "name", "title", "email", "number", "profilePictureId", "x"),
    fc.constantFrom<unknown>(true, false, 1, null),
    { maxKeys: 2 },
  );
  const key = fc.constantFrom(...names, "user", "project", ...RELATION_NAMES);
  const flag = fc.oneof(columns, fc.constantFrom<unknown>(true, false, null, "x", 1, []));
  const direction = fc.constantFrom<unknown>(
    1,
    -1,
    "asc",
    "DESC",
    "Asc",
    "deſc",
    "up",
    0,
    null,
    {},
  );
  fc.assert(
    fc.property(
      fc.dictionary(key, flag, { maxKeys: 3 }),
      fc.dictionary(key, direction, { maxKeys: 4 }),
      (select, sort) => {
        expect([isDocumented("CallLogSelect", select), select]).toEqual([
          selectInput.safeParse(select).success,
          select,
        ]);
        expect([isDocumented("CallLogSort", sort), sort]).toEqual([
          sortInput.safeParse(sort).success,
          sort,
        ]);
      },
    ),
    { numRuns: 1000 },
  );
});

/** Fields of a call request with values that are taken, and others that are nearly. */
const FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  toNumber: ["+15559998888", "+1-555-999-8888", 15_559_998_888, null, ["+15559998888"]],
  fromNumber: ["+15559998888", 1, {}],
  language: [...TEXTS, 1],
  voice: TEXTS,
  idempotencyKey: [...TEXTS, "😀".repeat(200), null],
  purpose: [...TEXTS, "😀".repeat(100)],
  priority: ["emergency", "low", "urgent", "Normal"],
  timeZone: ["Europe/Berlin", "UTC", 1],
  scheduledAt: ["2026-11-23T03:12:00Z", "2026-11-23", "2026-11-23T03:12Z", "2026-02-30T00:00:00Z"],
  deadlineAt: ["2999-11-23T03:12:00+01:00", "2999-11-23T03:12:00z", "tomorrow", 5],
  retry: [
    {},
    { maxAttempts: 20 },
    { maxAttempts: 21 },
    { maxAttempts: 1.5 },
    { backoff: { type: "fixed", delaySeconds: 0 } },
    { backoff: { type: "linear" } },
    { backoff: { maxDelaySeconds: 86_401 } },
    { on: ["busy"] },
    { on: ["reached"] },
    { attempts: 2 },
    null,
  ],
  reachedWhen: ["answered", "human", "rung"],
  onUnknown: ["hold", "retry", "wait"],
  sensitive: [true, false, "true"],
  timeLimitSeconds: [5, 4, 14_400, 14_401, 7.5, "10"],
  ringTimeoutSeconds: [5, 600, 601],
  tags: [[], ["a"], Array.from({ length: 21 }, () => "a"), [""], ["x".repeat(65)], "a", [1]],
  incidentId: ["376d7300-28fe-11f1-b591-3fdcef396aba", "5F8B9C0DE1A24B3C8D5E6F7A", "123", 1],
  user: [
    { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", name: "Ada", number: 1 },
    { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", number: "" },
    { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", number: "x".repeat(101) },
    { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", phone: "x" },
    { name: "Ada" },
    {},
  ],
  callData: [{}],
  nonsense: [1],
};

const gather = fc.record(
  {
    say: fc.constantFrom<unknown>("Press 4.", 4),
    digits: fc.constantFrom<unknown>(1, 0, 21),
    timeoutSeconds: fc.constantFrom<unknown>(1, 60, 61),
    on: fc.constantFrom<unknown>(
      { 4: { acknowledge: true } },
      { 4: {}, 5: { say: "Five." } },
      { four: {} },
      { 4: { ok: true } },
      {},
      null,
    ),
    otherwise: fc.constantFrom<unknown>({}, { say: "Bye." }, { acknowledge: true }),
    until: fc.constant(1),
  },
  { requiredKeys: ["say", "on"] },
);

const step = fc.oneof(
  fc.constantFrom<unknown>(
    { say: "Hello." },
    { say: 1 },
    { say: "x".repeat(3001) },
    { play: "https://shop.example/a.mp3" },
    { play: "ftp://shop.example/a.mp3" },
    { play: 1 },
    { pause: 1 },
    { pause: 61 },
    { pause: "1" },
    { say: "Hello.", pause: 1 },
    {},
    "Hello.",
  ),
  fc.record({ gather }),
);

test("a call request is taken if and only if it is documented", () => {
  const say = fc.oneof(
    fc.constantFrom<unknown>("Hello.", "x".repeat(3000), "x".repeat(3001), 1, null, [], {}),
    fc.array(step, { minLength: 1, maxLength: 3 }),
    fc.constant(Array.from({ length: 21 }, () => ({ say: "Hello." }))),
  );
  const usual = fc.constantFrom<unknown>("Hello.", [{ say: "Hello." }, { pause: 2 }]);
  const others = Object.entries(FIELDS).map(([name, values]) =>
    fc.constantFrom(...values).map((value) => ({ [name]: value })),
  );
  const request = fc
    .record({
      toNumber: fc.constantFrom("+15559998888", "+49 30 123456"),
      say: fc.oneof(usual, say),
      more: fc.array(fc.oneof(...others), { maxLength: 2 }),
    })
    .map(({ more, ...main }) => Object.assign(main, ...more) as Record<string, unknown>);
  let taken = 0;
  fc.assert(
    fc.property(request, (given) => {
      const { success, error } = callRequest.safeParse(given);
      if (success) taken += 1;
      expect([isDocumented("CallRequest", given), given, error?.issues]).toEqual([
        success,
        given,
        error?.issues,
      ]);
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(500);
});
