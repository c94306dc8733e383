import { expect, test } from "vitest";

import { askForNumbers } from "./look-at-numbers.ts";
import { numberCheck, numberUses } from "./number-checks.ts";

const [US, DE, HOUSE] = ["+15550107001", "+493012345678", "+15550107009"];

test("a number is asked of the accounts that its project calls through, an account's own of it alone", () => {
  const accounts = [
    { name: "twilio", defaultNumber: HOUSE },
    { name: "telnyx", defaultNumber: undefined },
  ];
  const project = (_id: string, fromNumbers: string[], providerChain: string[]) => ({
    _id,
    fromNumbers,
    providerChain,
  });
  const known = [
    { number: US, owner: "a" },
    { number: DE, lentTo: ["b"] },
  ];
  const projects = [project("a", [US], []), project("b", [], ["telnyx"])];
  expect(numberUses({ projects, known, accounts })).toEqual([
    { number: HOUSE, accounts: ["twilio"] },
    { number: US, accounts: ["twilio", "telnyx"] },
    { number: DE, accounts: ["telnyx"] },
  ]);
});

test.each([
  [["owned"], "ok", "owned at a0"],
  [["verified"], "ok", "verified at a0"],
  [["unasked"], "ok", "no provider could be asked"],
  [["absent"], "fail", "is neither owned nor verified at a0"],
  [["no-voice"], "fail", "can't make voice calls at a0"],
  [["inactive"], "fail", "is not in service at a0"],
  [["owned", "absent"], "warn", "is neither owned nor verified at a1"],
  [["unasked", "absent"], "warn", "is neither owned nor verified at a1"],
  [
    ["absent", "no-voice"],
    "fail",
    "is neither owned nor verified at a0, can't make voice calls at a1",
  ],
] as const)("%j is %s", (standings, level, detail) => {
  const answers = standings.map((standing, at) => ({ account: `a${at}`, standing }));
  const check = numberCheck(US, answers);
  expect(check).toMatchObject({ name: "number +1555•••••01", level, detail });
  expect(check.remedy === "").toBe(level === "ok");
});

test("an account that can't be asked is asked once, and said so", async () => {
  const asked: string[] = [];
  const away = {
    name: "twilio",
    checkNumber: async (number: string) => {
      asked.push(number);
      throw new Error("HTTP 503");
    },
  };
  const uses = [US, DE].map((number) => ({ number, accounts: ["twilio", "simulated"] }));
  const checks = await askForNumbers(uses, [away, { name: "simulated" }]);
  expect(asked).toEqual([US]);
  expect(checks.map(({ level }) => level)).toEqual(["ok", "ok", "warn"]);
  expect(checks.at(-1)).toMatchObject({ name: "numbers at twilio" });
  expect(checks.at(-1)?.detail).toContain("HTTP 503");
});

test("of many numbers, the first are asked for, and the rest is said", async () => {
  const provider = { name: "telnyx", checkNumber: async () => "owned" as const };
  const uses = Array.from({ length: 201 }, (_, at) => ({
    number: `+1555010${String(at).padStart(4, "0")}`,
    accounts: ["telnyx"],
  }));
  const checks = await askForNumbers(uses, [provider]);
  expect(checks).toHaveLength(201);
  expect(checks.at(-1)).toMatchObject({ name: "numbers", level: "warn" });
});
