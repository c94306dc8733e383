import { expect, test } from "vitest";

import { backText } from "./back-text.ts";

const [AT, LATER] = ["2026-11-26T03:12:10.000Z", "2026-11-26T03:13:10.000Z"];
const aTry = (given: object) => ({ at: AT, milliseconds: 12, ...given });

test.each([
  ["made", '{"silenceID":"4215d35d"}'],
  ["found", '{"id":"4215d35d","comment":"…"}'],
])("a silence that was %s is named by its id", (_how, answer) => {
  const tries = [aTry({ status: 200, answer })];
  expect(backText({ state: "delivered", tries, endedAt: LATER })).toEqual({
    text: "Silenced by silence 4215d35d",
    at: LATER,
  });
});

test.each(["", "Event processed", "null", "{}", "[1]", '{"id":7}'])(
  "another answer is no silence: %s",
  (answer) => {
    const tries = [aTry({ status: 202, answer })];
    expect(backText({ state: "delivered", tries })).toEqual({
      text: "The source was informed",
      at: AT,
    });
  },
);

test("a failure names its reason and the next attempt, one that was given up its end", () => {
  const tries = [aTry({ status: 503, error: "the receiver answered 503", answer: "away" })];
  expect(backText({ state: "pending", tries, dueAt: LATER })).toEqual({
    text: "Informing the source failed (the receiver answered 503: away); next attempt",
    at: LATER,
  });
  expect(backText({ state: "failed", tries, endedAt: LATER })).toEqual({
    text: "The source was not informed: the receiver answered 503: away",
    at: LATER,
  });
  expect(backText({ state: "pending", tries: [] })).toEqual({
    text: "The source is being informed",
  });
});
