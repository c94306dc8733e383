import type { CallPreview } from "@call-log/model";
import { expect, test } from "vitest";

import { dryRunLines } from "./dry-run-text.ts";

const preview: CallPreview = {
  toNumber: "+15550100100",
  fromNumber: "+15551112222",
  refusal: null,
  repeatedAs: null,
  providers: [{ name: "twilio", isPaused: false, isSimulated: false }],
  isProjectPaused: false,
  zones: ["Europe/Berlin"],
  isZoneStated: true,
  quietUntil: null,
  budget: null,
  pastCost: null,
};
const times = { day: (iso: string) => `<${iso}>`, now: new Date("2026-11-26T02:12:00Z") };
const lines = (changes: Partial<CallPreview>) => dryRunLines({ ...preview, ...changes }, times);
const said = (changes: Partial<CallPreview>) => lines(changes).map(({ text }) => text);

test("a call that goes out says from where, through whom, at what hour and price", () => {
  expect(said({ pastCost: { calls: 12, meanUSDCents: 1.3333 } })).toEqual([
    "It would call +15550100100 from +15551112222 through twilio.",
    "The callee's time: Thu 03:12 (Europe/Berlin).",
    expect.stringMatching(/^It would cost about \$0\.01: the mean of 12 calls/),
  ]);
  expect(lines({})[0]?.tone).toBe("good");
});

test("where every provider is simulated, it costs nothing, whatever others did", () => {
  const providers = [{ name: "simulated", isPaused: false, isSimulated: true }];
  const costs = said({ providers, pastCost: { calls: 12, meanUSDCents: 1.3333 } }).at(-1);
  expect(costs).toBe("It would cost nothing: no phone rings, and its price is simulated.");
});

test("a refusal, or a call that is there already, is all there is to say", () => {
  expect(lines({ refusal: "toNumber: is on the do-not-call list" })).toEqual([
    { tone: "bad", text: "It would be refused: toNumber: is on the do-not-call list." },
  ]);
  const [line, ...rest] = lines({ repeatedAs: { _id: "a", status: "Busy" } });
  expect(rest).toEqual([]);
  expect(line).toMatchObject({ tone: "wait", link: { href: "/calls/a" } });
});

test("waits come first, with their end or the way to it", () => {
  const paused = [{ name: "twilio", isPaused: true, isSimulated: false }];
  expect(
    said({ isProjectPaused: true, providers: paused, quietUntil: "2026-11-26T06:00:00Z" }).slice(
      0,
      4,
    ),
  ).toEqual([
    "It would wait: the project is paused until it is resumed.",
    "It would wait: every provider is paused until an operator resumes one.",
    "It would wait until <2026-11-26T06:00:00Z>: quiet hours.",
    "Then it would call +15550100100 from +15551112222 through twilio (paused).",
  ]);
});

test("a budget that does not suffice is said before all else", () => {
  const cap = (leftUSD: string) => ({ limitUSD: "1", spentUSD: "0", reservedUSD: "0", leftUSD });
  const budget = { reserveUSD: "0.10", day: cap("0.05"), month: null, prepaid: null, fits: false };
  const [first] = lines({ budget: budget as unknown as CallPreview["budget"] });
  expect(first).toMatchObject({ tone: "bad", link: { href: "/settings" } });
  expect(first?.text).toMatch(/^It would end as Out of budget/);
  const fits = { ...budget, fits: true } as unknown as CallPreview["budget"];
  expect(lines({ budget: fits }).at(-1)?.text).toMatch(/^Left of the budget: 0\.05 USD of today\./);
});

test("one paused provider of two holds nothing, and a simulated one rings no phone", () => {
  const account = { isPaused: false, isSimulated: false };
  const providers = [
    { ...account, name: "twilio", isPaused: true },
    { ...account, name: "simulated", isSimulated: true },
  ];
  expect(said({ providers })[0]).toBe(
    "It would call +15550100100 from +15551112222 through twilio (paused), else simulated (rings no phone).",
  );
});

test("a zone that is known by the number alone is said to be", () => {
  expect(said({ isZoneStated: false })[1]).toMatch(/^The callee's time, by the number: /);
});
