import { randomBytes } from "node:crypto";

import { parseSettings, SettingsError } from "@call-log/model";
import { expect, test } from "vitest";

import { secretSettings } from "./secret-settings.ts";

const RULE =
  "must have at least 32 characters, 8 of them different; make one with: openssl rand -base64 32";

test.each([
  "short",
  "x".repeat(64),
  "abcdefg".repeat(8),
  "password",
  ` ${"abcdefgh".repeat(4).slice(1)} `,
])("%j is no secret, and the error does not repeat it", (text) => {
  for (const name of ["SECRET_KEY", "SECRET_KEY_PREVIOUS"]) {
    const parsing = () => parseSettings(secretSettings, { [name]: text });
    expect(parsing).toThrow(new SettingsError(`${name}: ${RULE}`));
  }
});

test("128 random bits are enough, in any form; spaces around them do not count", () => {
  for (const form of ["base64", "hex"] as const) {
    const text = randomBytes(form === "hex" ? 16 : 32).toString(form);
    expect(parseSettings(secretSettings, { SECRET_KEY: ` ${text}\n` })).toEqual({
      SECRET_KEY: text,
    });
  }
  expect(parseSettings(secretSettings, { SECRET_KEY: "" })).toEqual({});
});
