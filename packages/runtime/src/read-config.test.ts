import { SettingsError } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { listenSettings, processSettings, serverSettings } from "./process-settings.ts";
import { readConfig } from "./read-config.ts";
import { checkSignIn } from "./sign-in-settings.ts";

const schema = processSettings.extend({ ...listenSettings.shape, ...serverSettings.shape });
const GOOD = {
  MONGODB_URI: "mongodb://127.0.0.1",
  REDIS_URL: "redis://127.0.0.1",
  PROVIDER: "simulated",
};

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(schema, environment, () => checkSignIn(environment));
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/:.*/, ""));
  }
}

describe("readConfig", () => {
  test("has no provider that nobody named, so that nothing is reported as reached that rang nowhere", () => {
    const { PROVIDER: _, ...others } = GOOD;
    expect(() => readConfig(schema, others)).toThrow(
      /^PROVIDER: must be set: accounts with commas, each named simulated, twilio, telnyx/,
    );
    expect(readConfig(schema, GOOD).accounts.map(({ name }) => name)).toEqual(["simulated"]);
  });

  test("names every bad setting at once, each once: of the process, the dispatcher, each account and sign-in", () => {
    const bad = {
      LOG_LEVEL: "verbose",
      CLAIM_DEADLINE_SECONDS: "1",
      PROVIDER: "twilio,telnyx-backup",
      PUBLIC_URL: "calls.example",
      OIDC_ISSUER: "https://id.example",
      OIDC_GROUPS: "sre",
      SESSION_SECONDS: "1",
    };
    expect(problemsOf(bad).toSorted()).toEqual([
      "CLAIM_DEADLINE_SECONDS",
      "LOG_LEVEL",
      "MONGODB_URI",
      "OIDC_GROUPS",
      "PUBLIC_URL",
      "REDIS_URL",
      "SESSION_SECONDS",
      "TELNYX_BACKUP_API_KEY",
      "TELNYX_BACKUP_CONNECTION_ID",
      "TELNYX_BACKUP_PUBLIC_KEY",
      "TWILIO_ACCOUNT_SID",
      "TWILIO_AUTH_TOKEN",
    ]);
    expect(problemsOf({ ...GOOD, OIDC_ISSUER: "https://id.example", PORT: "x" })).toEqual([
      "PORT",
      "OIDC_CLIENT_ID",
      "OIDC_GROUPS",
      "DASHBOARD_URL",
    ]);
  });

  test.each([
    ["POLL_AFTER_SECOND", "POLL_AFTER_SECONDS"],
    ["TWILIO_BACKUP_FROM_NUMER", "TWILIO_BACKUP_FROM_NUMBER"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["MONGO_URI", undefined],
    ["HOSTNAME", undefined],
    ["TWILIO_FROM_NUMBER", undefined],
  ])("%s may be a misspelt %s", (name, meant) => {
    const backup = {
      TWILIO_BACKUP_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_BACKUP_AUTH_TOKEN: "x",
    };
    const environment = { ...GOOD, ...backup, PROVIDER: "simulated,twilio-backup", [name]: "5" };
    const expected = meant === undefined ? [] : [{ name, meant }];
    expect(readConfig(schema, environment).misspelt).toEqual(expected);
  });
});
