import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { accountPrefix } from "./account-name.ts";
import { accountNames, readAccount } from "./provider-account.ts";

test("accounts are listed in their order, each of a kind that there is", () => {
  expect(accountNames.parse("simulated, simulated-backup")).toEqual([
    "simulated",
    "simulated-backup",
  ]);
  for (const bad of ["", "carrier-pigeon", "simulated,", "Simulated", "simulated-"])
    expect(() => accountNames.parse(bad)).toThrow(/must be accounts with commas/);
  expect(() => accountNames.parse("simulated,simulated")).toThrow(/each account once/);
});

test("an account takes the settings with its own prefix and bears its own name", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "provider-account-"));
  const environment = { SIMULATED_SPEED: "-1", SIMULATED_BACKUP_SPEED: "50" };
  const provider = readAccount("simulated-backup", environment).open({
    dataDir,
    now: () => new Date(),
  });
  expect(provider.name).toBe("simulated-backup");
  expect(accountPrefix("simulated-backup")).toBe("SIMULATED_BACKUP_");
  await provider.close();
  rmSync(dataDir, { recursive: true });
});

test("an account may have a number of calls a second of its own", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "provider-account-"));
  const environment = { SIMULATED_BACKUP_CALLS_PER_SECOND: "0.5" };
  const place = { dataDir, now: () => new Date() };
  const backup = readAccount("simulated-backup", environment).open(place);
  const other = readAccount("simulated", environment).open(place);
  expect([backup, other].map((one) => one.configuredCallsPerSecond)).toEqual([0.5, undefined]);
  await Promise.all([backup.close(), other.close()]);
  rmSync(dataDir, { recursive: true });
  const none = { SIMULATED_CALLS_PER_SECOND: "0" };
  expect(() => readAccount("simulated", none)).toThrow(
    "SIMULATED_CALLS_PER_SECOND: must be more than 0 calls",
  );
});

test("a setting that is wrong is named as it was given", () => {
  expect(() => readAccount("simulated", { SIMULATED_SPEED: "-1" })).toThrow(
    "SIMULATED_SPEED: must be a number above 0",
  );
});

test("an API key of Twilio is an id with its secret", () => {
  const account = { TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`, TWILIO_AUTH_TOKEN: "x" };
  const [sid, secret] = [
    { TWILIO_API_KEY_SID: `SK${"0".repeat(32)}` },
    { TWILIO_API_KEY_SECRET: "x" },
  ];
  expect(() => readAccount("twilio", { ...account, ...sid })).toThrow(
    /^TWILIO_API_KEY_SECRET: must be set to the secret/,
  );
  expect(() => readAccount("twilio", { ...account, ...secret })).toThrow(
    /^TWILIO_API_KEY_SID: must be set to the id/,
  );
  expect(readAccount("twilio", { ...account, ...sid, ...secret }).name).toBe("twilio");
});
