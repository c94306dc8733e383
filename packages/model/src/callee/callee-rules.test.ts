import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { calleeRefusal, type CalleeRules } from "./callee-rules.ts";

const GERMAN = "+493012345678";
const AMERICAN = "+12125551234";
const VAGUE = "+15551112222";
const BRITISH = "+442079460958";

describe("whom a project may call", () => {
  test.each<[string, { rules: CalleeRules; toNumber: string; refusal?: string }]>([
    ["the country of its number", { rules: { fromNumbers: [GERMAN] }, toNumber: "+4989123456" }],
    [
      "no other country",
      {
        rules: { fromNumbers: [GERMAN] },
        toNumber: BRITISH,
        refusal: "toNumber: calls to GB are not allowed; allowed: DE",
      },
    ],
    [
      "a named country",
      { rules: { fromNumbers: [GERMAN], allowedCountries: ["GB"] }, toNumber: BRITISH },
    ],
    [
      "named ones alone",
      {
        rules: { fromNumbers: [GERMAN], allowedCountries: ["GB"] },
        toNumber: GERMAN,
        refusal: "toNumber: calls to DE are not allowed; allowed: GB",
      },
    ],
    [
      "all countries",
      { rules: { fromNumbers: [GERMAN], allowedCountries: ["*"] }, toNumber: AMERICAN },
    ],
    ["everybody without numbers", { rules: { fromNumbers: [] }, toNumber: BRITISH }],
    ["the code of a vague number", { rules: { fromNumbers: [VAGUE] }, toNumber: AMERICAN }],
    [
      "nothing beyond that code",
      {
        rules: { fromNumbers: [VAGUE] },
        toNumber: BRITISH,
        refusal: "toNumber: calls to GB are not allowed; allowed: +1",
      },
    ],
    [
      "no blocked beginning",
      {
        rules: { fromNumbers: [AMERICAN], blockedPrefixes: ["+1900", "+1212"] },
        toNumber: AMERICAN,
        refusal: "toNumber: numbers that begin with +1212 are blocked",
      },
    ],
  ])("%s", (_whom, { rules, toNumber, refusal }) => {
    expect(calleeRefusal(rules, toNumber)).toBe(refusal);
  });

  test("a blocked beginning is never called, whatever is allowed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(GERMAN, AMERICAN, BRITISH),
        fc.integer({ min: 2, max: 12 }),
        (number, length) => {
          const blockedPrefixes = [number.slice(0, length)];
          const rules = { fromNumbers: [], allowedCountries: ["*"], blockedPrefixes };
          expect(calleeRefusal(rules, number)).toContain("blocked");
        },
      ),
    );
  });
});
