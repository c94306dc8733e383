import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { phoneNumber, toE164 } from "./phone-number.ts";

const UNSEEN = [
  "\u202a",
  "\u202c",
  "\u200e",
  "\u200f",
  "\u2066",
  "\u2069",
  "\u200b",
  "\ufeff",
  "\u00a0",
  "\u2060",
  "\t",
  "\n",
  " ",
];

/** Numbers of several plans as E.164. */
const NUMBERS = [
  "+15559998888",
  "+442079460958",
  "+4930901820",
  "+390612345678",
  "+81312345678",
  "+881612345678",
];

describe("the usual ways to write a number", () => {
  test.each([
    ["+1-555-999-8888", "+15559998888"],
    ["+1 (555) 999-8888", "+15559998888"],
    ["+1.555.999.8888", "+15559998888"],
    ["+44 (0)20 7946 0958", "+442079460958"],
    ["+49 30/901820", "+4930901820"],
    ["+49 [30] 90 18 20", "+4930901820"],
    ["+1\u2011555\u2013999\u22128888", "+15559998888"],
    ["+1\u00a0555\u202f999\u20098888", "+15559998888"],
    ["+１５５５９９９８８８８", "+15559998888"],
    ["\u202a+1 555 999 8888\u202c", "+15559998888"],
  ])("%j", (written, number) => {
    expect(toE164(written)).toBe(number);
  });
});

describe("anything but one number is refused", () => {
  test.each([
    ["text after it", "+15559998888abc"],
    ["text before it", "tel +15559998888"],
    ["a name", "Ann +15559998888"],
    ["a SIP address", "+15559998888@pbx.example"],
    ["a SIP address with its scheme", "sip:+15559998888@pbx.example"],
    ["a tel address", "tel:+15559998888"],
    ["an extension", "+15559998888 x5"],
    ["an extension in words", "+15559998888 ext. 5"],
    ["an extension of RFC 3966", "+15559998888;ext=12"],
    ["digits to dial after it", "+15559998888,,1234#"],
    ["two numbers", "+15559998888, +15559998889"],
    ["two numbers without a comma", "+15559998888 15559998889"],
    ["two numbers by a slash", "+15559998888/15559998889"],
    ["a number in two halves", "+1555+9998888"],
    ["16 digits", "+4930123456789012"],
    ["no country code", "5559998888"],
    ["a number as a spreadsheet shows it", "1.5556E+10"],
    ["letters for digits", "+1 555 FLOWERS"],
    ["a control in it", "+1555\u00009998888"],
    ["a line break in it", "+1555\n9998888"],
    ["nothing", ""],
    ["a plus", "+"],
    ["a megabyte of spaces", `+1${" ".repeat(1_000_000)}5559998888`],
  ])("%s", (_case, written) => {
    expect(toE164(written)).toBeUndefined();
    expect(phoneNumber.safeParse(written).error?.issues[0]?.message).toMatch(
      /^must be a phone number with its country code and nothing else/,
    );
  });
});

const separators = fc.array(fc.constantFrom(" ", "-", ".", "\u00a0", "\u2011", ""), {
  maxLength: 2,
});

test("however its digits are parted, and whatever unseen is around it, it is the same number", () => {
  const parted = fc.constantFrom(...NUMBERS).chain((number) =>
    fc.record({
      number: fc.constant(number),
      gaps: fc.array(separators, { minLength: number.length, maxLength: number.length }),
      around: fc.tuple(fc.array(fc.constantFrom(...UNSEEN)), fc.array(fc.constantFrom(...UNSEEN))),
    }),
  );
  fc.assert(
    fc.property(parted, ({ number, gaps, around: [before, after] }) => {
      const digits = number
        .split("")
        .map((digit, index) => (index === 0 ? digit : digit + gaps[index]!.join("").slice(0, 1)));
      expect(toE164([...before, ...digits, ...after].join(""))).toBe(number);
    }),
  );
});

test("a number with a letter, a sign or a control anywhere is none", () => {
  const intruder = fc
    .string({ unit: "binary", minLength: 1, maxLength: 3 })
    .filter(
      (text) =>
        /[\p{L}\p{Cc}\p{Sm}@:;,#*&]/u.test(text) &&
        !/^[\t\n\v\f\r]|[\t\n\v\f\r]$/u.test(text) &&
        !/[\u2212\u30fc]/u.test(text),
    );
  fc.assert(
    fc.property(fc.constantFrom(...NUMBERS), fc.nat({ max: 10 }), intruder, (number, at, text) => {
      expect(toE164(number.slice(0, at) + text + number.slice(at))).toBeUndefined();
    }),
  );
});
