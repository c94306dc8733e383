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
