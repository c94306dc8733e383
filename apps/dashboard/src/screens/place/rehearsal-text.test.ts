import { afterEach, expect, test } from "vitest";

import german from "../../language/de.ts";
import { speak } from "../../language/translate.ts";
import {
  heardText,
  type Rehearsal,
  rehearsedCost,
  rehearsedHeadline,
  rehearsedLines,
} from "./rehearsal-text.ts";

afterEach(() => speak("en", {}));

const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 3, 0, second)).toISOString();
const event = (second: number, status: string) => ({
  at: at(second),
  status,
  source: "callback",
  late: false,
});
const call = {
  _id: "a",
  createdAt: at(0),
  attempts: [
    {
      _id: "a-1",
      number: 1,
      state: "ended",
      dueAt: at(0),
      provider: "simulated",
      answeredAt: at(5),
      events: [event(2, "ringing"), event(5, "in-progress")],
    },
  ],
} as unknown as NonNullable<Rehearsal["call"]>;

test("what happens is told in its order, with the time since the request", () => {
  expect(rehearsedLines(call).map(({ after, text }) => `${after} ${text}`)).toEqual([
    "+0 s The call was requested.",
    "+2 s The phone rang.",
    "+5 s The call was answered.",
  ]);
});

test.each([
  [{ kind: "said", text: "Down." }, "Says: Down."],
  [{ kind: "asked", text: "Press 4.", isRepeat: false }, "Asks: Press 4."],
  [{ kind: "asked", text: "Press 4.", isRepeat: true }, "Asks again: Press 4."],
  [{ kind: "pause", seconds: 1 }, "1 second of silence."],
  [
    { kind: "pressed", digits: "4", acknowledges: true },
    "4 is pressed, which acknowledges the call.",
  ],
  [{ kind: "pressed", digits: "9", acknowledges: false }, "9 is pressed."],
] as const)("%j", (line, words) => expect(heardText(line)).toBe(words));

test("the cost is of the answered attempts, where calls to the country have a price", () => {
  const cost = (given: object, pastCost: object | null) =>
    rehearsedCost({ call: given, preview: { pastCost } } as unknown as Rehearsal);
  const past = { calls: 9, meanUSDCents: 1.5 };
  expect(cost(call, past)).toContain("$0.02, for one answered attempt");
  const twice = { ...call, attempts: [...call.attempts!, ...call.attempts!] };
  expect(cost(twice, past)).toContain("$0.03, for 2 answered attempts");
  expect(cost(call, null)).toContain("is not known");
  expect(cost({ ...call, attempts: [] }, past)).toBeUndefined();
});

test("what would become of it is said in the active language", () => {
  const busy = { ...call, status: "Busy", statusMessage: "The line was busy" };
  const said = (given: object | null, refusal: string | null) =>
    rehearsedHeadline({ call: given, preview: { refusal } } as unknown as Rehearsal);
  expect(said(busy, null)).toMatch(/^The callee was not reached.*: the line was busy\.$/);
  speak("de", german);
  expect(said(busy, null)).toMatch(/nicht erreicht.*: Die Leitung war besetzt\.$/i);
  expect(said(null, "toNumber: is on the project's do-not-call list")).toBe(
    "Er würde abgelehnt: Die Nummer steht auf der Sperrliste des Projekts.",
  );
});
