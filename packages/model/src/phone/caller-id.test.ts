import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { allowedNumbers, numbersToCallFrom } from "./caller-id.ts";

const [us, de, other, house] = ["+15551112222", "+493012345678", "+15553334444", "+15550199999"];
const shop = { _id: "shop", fromNumbers: [us, de] };
const owned = [us, de].map((number) => ({ number, owner: "shop" }));

describe("the numbers that a project may call from", () => {
  test("are its own, and the installation's until the operator says otherwise", () => {
    const defaults = [house];
    expect(allowedNumbers(shop, { known: owned, defaults })).toEqual({
      own: [us, de],
      lent: [house],
    });
    const takenBack = [...owned, { number: house, lentTo: [] }];
    expect(allowedNumbers(shop, { known: takenBack, defaults })).toEqual({
      own: [us, de],
      lent: [],
    });
  });

  test.each([
    [["shop"], true],
    [["all"], true],
    [["another"], false],
    [[], false],
    [undefined, false],
  ])("of a number that is lent to %j: %j", (lentTo, isAllowed) => {
    const known = [...owned, { number: other, ...(lentTo && { lentTo }) }];
    const { lent } = allowedNumbers(shop, { known, defaults: [] });
    expect(lent.includes(other)).toBe(isAllowed);
  });

  test("do not hold one that is in its settings, but another project's", () => {
    const known = [
      { number: us, owner: "another" },
      { number: de, owner: "shop" },
    ];
    expect(allowedNumbers(shop, { known, defaults: [] }).own).toEqual([de]);
    expect(
      allowedNumbers(shop, { known: [{ ...known[0]!, lentTo: ["shop"] }], defaults: [] }),
    ).toEqual({ own: [us], lent: [] });
  });
});

test("whatever is owned and lent, a call is made from a number that the project may use, or from none", () => {
  const number = fc.constantFrom(us, de, other, house);
  const callerId = fc.record(
    {
      number,
      owner: fc.constantFrom("shop", "another"),
      lentTo: fc.subarray(["shop", "another", "all"]),
    },
    { requiredKeys: ["number"] },
  );
  const situation = fc.record({
    known: fc.uniqueArray(callerId, { selector: (one) => one.number }),
    defaults: fc.subarray([house, other]),
  });
  fc.assert(
    fc.property(fc.subarray([us, de]), situation, number, (fromNumbers, given, wanted) => {
      const allowed = allowedNumbers({ _id: "shop", fromNumbers }, given);
      const all = [...allowed.own, ...allowed.lent];
      for (const one of all) {
        const { owner, lentTo } = given.known.find((known) => known.number === one) ?? {};
        const isOwn = owner === "shop" && fromNumbers.includes(one as typeof us);
        const isLent = lentTo?.some((to) => to !== "another") ?? given.defaults.includes(one);
        expect(isOwn || isLent).toBe(true);
      }
      const numbers = numbersToCallFrom(allowed, { toNumber: "+15559998888", wanted });
      expect(numbers.every((one) => all.includes(one))).toBe(true);
      expect(all.includes(wanted) ? numbers[0] : wanted).toBe(wanted);
      expect(numbers.length > 0).toBe(all.length > 0);
    }),
  );
});

describe("the numbers for a call", () => {
  const allowed = { own: [us, de], lent: [house] };

  test.each([
    ["the country's own first", "+493099999999", undefined, [de, us]],
    ["the default first", "+442071838750", undefined, [us, de]],
    ["the wanted one first", "+15559998888", de, [de, us]],
    ["a borrowed one when it is wanted", "+15559998888", house, [house, us, de]],
    ["the project's own in place of one that is not allowed", "+15559998888", other, [us, de]],
  ])("are %s", (...[, toNumber, wanted, numbers]) => {
    expect(numbersToCallFrom(allowed, { toNumber, wanted })).toEqual(numbers);
  });

  test("are a borrowed one only where the project has none, and none where there is none", () => {
    const toNumber = "+15559998888";
    expect(numbersToCallFrom({ own: [], lent: [house, other] }, { toNumber })).toEqual([house]);
    expect(numbersToCallFrom({ own: [], lent: [] }, { toNumber, wanted: us })).toEqual([]);
  });
});
