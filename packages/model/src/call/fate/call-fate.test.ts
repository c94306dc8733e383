import { expect, test } from "vitest";

import { calleeRefusal, numberTypeRefusal } from "../../callee/callee-rules.ts";
import type { CallLogView } from "../../query/views/present-call-log.ts";
import { wordedMoment } from "../../value/worded-moment.ts";
import { CALL_OUTCOME_NAMES, CALL_OUTCOMES } from "../call-outcome.ts";
import { callSentence, callStory } from "../call-sentence.ts";
import { CALL_STATUS_NAMES, isFinalStatus } from "../call-status.ts";
import { FORMER_REFUSAL_CLASSES, REFUSAL_CLASSES } from "../refusal-class.ts";
import { WAIT_REASON_NAMES } from "../wait-reason.ts";
import { CARRIER_PAGES } from "./carrier-pages.ts";
import type { AttemptView, TimeWords } from "./fate.ts";
import type { RefusalName } from "./refusal-fates.ts";
import { TODOS } from "./todo.ts";

const AT = "2026-11-25T19:34:08.000Z";
const NOW = new Date("2026-11-26T03:00:00.000Z");
const TIMES: TimeWords = {
  clock: (iso) => iso.slice(11, 19),
  day: (iso) => wordedMoment(iso, "Europe/Berlin", NOW),
  on: (iso) => `on ${wordedMoment(iso, "Europe/Berlin", NOW)}`,
};

/** Messages as the dispatcher writes them, by the reason of the refusal; its own tests hold them. */
const REFUSALS: Readonly<Record<RefusalName, [status: string, message: string]>> = {
  budget: [
    "Low Balance",
    "Not dialled: 0.10 USD do not fit; 0.00 of today's limit, 0.05 USD, are spent or set aside",
  ],
  "do-not-call": ["Failed", "Not dialled: toNumber: is on the project's do-not-call list"],
  "number-type": [
    "Failed",
    `Not dialled: ${numberTypeRefusal("premium", { installation: [], project: [] })}`,
  ],
  prefix: [
    "Failed",
    `Not dialled: ${calleeRefusal({ fromNumbers: [], blockedPrefixes: ["+1900"] }, "+19001234567")}`,
  ],
  country: [
    "Failed",
    `Not dialled: ${calleeRefusal({ fromNumbers: ["+12125550100"] }, "+491711234567")}`,
  ],
  "no-number": ["Failed", "Not dialled: the project has no number to call from any more"],
  "never-placed": ["Failed", "A person found that it was never placed"],
  "alert-ended": ["Canceled", "Canceled: its alert was resolved at the source"],
  "canceled-early": ["Canceled", "Canceled before it was dialled"],
  defect: ["Failed", CALL_OUTCOMES.defect.wording],
  other: ["Failed", "Not dialled: the moon is full"],
};

const WAITS: Readonly<Record<string, string | undefined>> = {
  retry: `The line was busy on attempt 1; next attempt at ${AT}`,
  "quiet-hours": "Waits: quiet hours from 22:00 to 07:00 in Europe/Berlin",
  "callee-often": `Waits: its number may be called once in 1 minute; next at ${AT}`,
  "project-paused": "Waits: the project is paused: looping alerts",
  "provider-paused": "Waits: twilio is paused",
  "from-number": "Waits: twilio does not let the project call from this number: not verified",
  turn: "Waits: for its turn at twilio",
};

function attempt(fields: Partial<AttemptView>): AttemptView {
  const number = fields.number ?? 1;
  return { _id: `a-${number}`, number, state: "ended", dueAt: AT, events: [], ...fields };
}

function call(fields: Partial<CallLogView>): CallLogView {
  const user = { _id: "u", name: "Anna Weber" };
  return { _id: "a", toNumber: "+491711234567", user, createdAt: AT, pricing: null, ...fields };
}

const made = { claimedAt: AT, endedAt: AT, provider: "twilio", providerCallId: "CA1" } as const;

/** Every case of the tables, by a name. */
const CASES: Readonly<Record<string, CallLogView>> = Object.fromEntries([
  ...CALL_OUTCOME_NAMES.flatMap((outcome): [string, CallLogView][] => {
    const { status, wording } = CALL_OUTCOMES[outcome];
    const statusMessage = outcome === "expired" ? undefined : wording;
    const classes = [undefined, ...REFUSAL_CLASSES, ...FORMER_REFUSAL_CLASSES];
    return classes.map((errorClass) => {
      const refused = errorClass && { errorClass, errorMessage: "Refused by the network" };
      const one = attempt({ ...made, outcome, answeredBy: "human", digits: "4", ...refused });
      return [
        `outcome ${outcome}${errorClass ? `, refusal ${errorClass}` : ""}`,
        call({ status, statusMessage: statusMessage ?? null, attempts: [one] }),
      ];
    });
  }),
  ...Object.entries(REFUSALS).map(([name, [status, statusMessage]]): [string, CallLogView] => [
    `refused: ${name}`,
    call({ status, statusMessage, attempts: [attempt({ outcome: "canceled", endedAt: AT })] }),
  ]),
  ...WAIT_REASON_NAMES.map((waitsFor): [string, CallLogView] => [
    `waits: ${waitsFor}`,
    call({
      status: "Scheduled",
      waitsFor,
      waitsUntil: AT,
      statusMessage: WAITS[waitsFor] ?? null,
      attempts: [attempt({ state: "planned" })],
    }),
  ]),
  ...CALL_STATUS_NAMES.map((status): [string, CallLogView] => [
    `status ${status} alone`,
    call({ status, attempts: [] }),
  ]),
  [
    "unknown: none found",
    call({
      status: "Unknown",
      statusMessage: "The provider shows no such call; held until a person decides",
      attempts: [attempt({ ...made, state: "unknown" })],
    }),
  ],
  [
    "unknown: several found",
    call({
      status: "Unknown",
      statusMessage:
        "More than one call at the provider may be this one; held until a person decides",
      attempts: [attempt({ ...made, state: "unknown" })],
    }),
  ],
  ["imported", call({ status: "Erfolg", statusMessage: "zugestellt", attempts: [] })],
]);

test("every end, refusal, wait and status has a sentence with her name, and none has a code word", () => {
  for (const [name, one] of Object.entries(CASES)) {
    const text = callSentence(one, TIMES);
    expect(text, name).toContain("Anna Weber");
    expect(text, name).not.toMatch(
      /undefined|null|NaN|\b[a-z]+[A-Z]\w*|\b[a-z]+_[a-z]+|\b[A-Z]+_[A-Z]+|  |\.\./,
    );
    expect(text, name).not.toMatch(/Waits|Not dialled|toNumber|not-acknowledged|from-number|USD/);
    expect(text, name).toMatch(/^[A-Z].*\.$/);
  }
});

test("whoever was not reached and is called no more has something to do", () => {
  const without = Object.entries(CASES).flatMap(([name, one]) => {
    const { advice } = callStory(one, TIMES);
    return advice === undefined && isFinalStatus(one.status ?? "") ? [name] : [];
  });
  const isReached = (name: string) => /outcome reached|Completed/.test(name);
  expect(without.filter((name) => !isReached(name))).toEqual(["refused: alert-ended", "imported"]);
});

test("the sentences in words", async () => {
  const plain = Object.entries(CASES).filter(([name]) => !name.includes(", refusal "));
  const lines = plain.map(([name, one]) => `${name}\n  ${callSentence(one, TIMES)}`);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("sentences.txt");
});

test("a carrier's error says what to do there, and leads to it", () => {
  for (const [provider, { advice }] of Object.entries(CARRIER_PAGES))
    for (const [errorCode, { todo, url }] of Object.entries(advice)) {
      const text = TODOS[todo];
      const attempts = [
        attempt({ ...made, provider: `${provider}-backup`, outcome: "not-permitted", errorCode }),
      ];
      const found = callStory(call({ status: "Failed", attempts }), TIMES).advice;
      expect(found).toMatchObject({ text, ...(url !== undefined && { url, place: "carrier" }) });
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
});

test.each([
  [
    "twilio",
    "CA1",
    {
      url: "https://www.twilio.com/console/voice/calls/logs/CA1",
      errorUrl: "https://www.twilio.com/docs/api/errors/31005",
    },
  ],
  [
    "telnyx",
    "v3:x",
    {
      url: "https://portal.telnyx.com/#/app/debugging/detail-records-search",
      errorUrl: "https://developers.telnyx.com/development/api-fundamentals/api-errors",
    },
  ],
])("a call that failed at %s leads to its console", (provider, providerCallId, pages) => {
  const attempts = [
    attempt({ ...made, provider, providerCallId, outcome: "failed", errorCode: "31005" }),
  ];
  const { advice } = callStory(call({ status: "Failed", attempts }), TIMES);
  expect(advice).toMatchObject({ place: "carrier", ...pages });
});

test("the simulated carrier has no console", () => {
  const attempts = [attempt({ ...made, provider: "simulated", outcome: "failed" })];
  const { advice } = callStory(call({ status: "Failed", attempts }), TIMES);
  expect(advice).toMatchObject({ todo: "call-again-then-look", place: "carrier" });
  expect(advice).not.toHaveProperty("url");
  expect(advice).not.toHaveProperty("errorUrl");
});
