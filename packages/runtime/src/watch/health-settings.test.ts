import { expect, test } from "vitest";

import { checkHealthSettings } from "./health-settings.ts";

const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;

test.each([
  {},
  { HEALTH_WEBHOOK_URL: "http://10.0.0.1/hook?key=1", HEALTH_WEBHOOK_SECRET: SECRET },
  { HEALTH_CALL_TO: "+1 555 010 0100", HEALTH_CALL_PROJECT: "p" },
])("%j is good", (environment) => {
  expect(() => checkHealthSettings(environment)).not.toThrow();
});

test.each([
  [{ HEALTH_WEBHOOK_URL: "https://a.example" }, "HEALTH_WEBHOOK_SECRET: must be set, since"],
  [{ HEALTH_WEBHOOK_SECRET: SECRET }, "HEALTH_WEBHOOK_URL: must be set, since"],
  [{ HEALTH_CALL_TO: "+15550100100" }, "HEALTH_CALL_PROJECT: must be set, since HEALTH_CALL_TO is"],
  [{ HEALTH_CALL_PROJECT: "p" }, "HEALTH_CALL_TO: must be set, since HEALTH_CALL_PROJECT is"],
  [{ HEALTH_CALL_TO: "911", HEALTH_CALL_PROJECT: "p" }, "HEALTH_CALL_TO: must be a phone number"],
  [{ HEALTH_WEBHOOK_URL: "ftp://a" }, "HEALTH_WEBHOOK_URL: must be an http or https address"],
  [{ HEALTH_WEBHOOK_SECRET: "whsec_short" }, "HEALTH_WEBHOOK_SECRET: must be whsec_ and at least"],
  [{ HEALTH_WEBHOOK_SECRET: "plain" }, "HEALTH_WEBHOOK_SECRET: must be whsec_ and at least"],
])("%j is refused", (environment, line) => {
  expect(() => checkHealthSettings(environment)).toThrow(line);
});
