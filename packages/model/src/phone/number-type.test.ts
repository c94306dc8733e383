import { describe, expect, test } from "vitest";

import { numberTypeRefusal, NUMBER_TYPES, type NumberType } from "../callee/callee-rules.ts";
import { costlyTypeOf } from "./number-type.ts";
import { phoneNumber } from "./phone-number.ts";

describe("the type of a number", () => {
  test.each<[string, NumberType | undefined]>([
    ["+19005550100", "premium"],
    ["+449098790000", "premium"],
    ["+33899123456", "premium"],
    ["+4918012345", "sharedCost"],
    ["+33810123456", "sharedCost"],
    ["+881612345678", "satellite"],
    ["+870772001401", "satellite"],
    ["+88216123456", "satellite"],
    ["+883510000000000", "satellite"],
    ["+979123456789", "international"],
    ["+80812345678", "international"],
    ["+80012345678", "international"],
    ["+878101234567890", "international"],
    ["+15559998888", undefined],
    ["+493012345678", undefined],
    ["+442079460958", undefined],
    // By country alone: `allowedCountries` and `blockedPrefixes` are for it.
    ["+2691234567", undefined],
  ])("%s: %s", (number, type) => {
    expect(phoneNumber.parse(number)).toBe(number);
    // What was remembered is what was found.
    expect([costlyTypeOf(number), costlyTypeOf(number)]).toEqual([type, type]);
  });
});

describe("a number of a costly type is refused", () => {
  test.each(NUMBER_TYPES)("%s, unless installation and project allow it", (type) => {
    const refusal = (installation: readonly NumberType[], project: readonly NumberType[]) =>
      numberTypeRefusal(type, { installation, project });
    const others = NUMBER_TYPES.filter((one) => one !== type);
    expect(refusal(others, NUMBER_TYPES)).toContain(`"${type}" by ALLOWED_NUMBER_TYPES`);
    expect(refusal(NUMBER_TYPES, others)).toContain(`allowedNumberTypes has "${type}"`);
    expect(refusal([type], [type])).toBeUndefined();
  });
});
