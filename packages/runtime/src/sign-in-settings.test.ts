import { parseSettings } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { oidcSettings, signInSettings } from "./sign-in-settings.ts";

const GROUPS = JSON.stringify([{ group: "sre", permissions: ["Operator"] }]);
const COMPLETE = {
  OIDC_ISSUER: "https://id.example/realm/",
  OIDC_CLIENT_ID: "call-log",
  OIDC_GROUPS: GROUPS,
  DASHBOARD_URL: "https://calls.example/",
};

const read = (environment: Record<string, string>, ownUrl?: string) =>
  oidcSettings(parseSettings(signInSettings, environment), ownUrl);

describe("settings of sign-in", () => {
  test("name nothing by default: keys open the dashboard for a shift", () => {
    expect(read({})).toBeUndefined();
    expect(parseSettings(signInSettings, {})).toMatchObject({
      SESSION_SECONDS: 43_200,
      SESSION_IDLE_SECONDS: 14_400,
      SIGN_IN_WITH_API_KEY: true,
    });
  });

  test("name an identity provider; the slash at an issuer's end is part of its name", () => {
    expect(read(COMPLETE)).toEqual({
      issuer: "https://id.example/realm/",
      clientId: "call-log",
      clientSecret: undefined,
      scope: "openid profile email",
      groupsClaim: "groups",
      dashboardUrl: "https://calls.example",
    });
  });

  test("take the process's own address where none is given", () => {
    const { DASHBOARD_URL: _, ...others } = COMPLETE;
    expect(read(others, "http://127.0.0.1:3000")?.dashboardUrl).toBe("http://127.0.0.1:3000");
    expect(() => read(others)).toThrow(/^DASHBOARD_URL: must be set, since OIDC_ISSUER is/);
  });

  test.each([
    [{ OIDC_ISSUER: "http://id.example" }, /^OIDC_ISSUER: must be an https address/],
    [{ OIDC_ISSUER: "id.example" }, /^OIDC_ISSUER: must be an http or https address/],
    [{ OIDC_CLIENT_ID: "" }, /^OIDC_CLIENT_ID: must be set, since OIDC_ISSUER is$/],
    [{ OIDC_GROUPS: "" }, /^OIDC_GROUPS: must be set, since OIDC_ISSUER is$/],
    [{ OIDC_GROUPS: "sre" }, /^OIDC_GROUPS: must be JSON such as/],
    [
      { OIDC_GROUPS: '[{"group":"a","permissions":["Viewer"]}]' },
      /^OIDC_GROUPS\.0\.project: Viewer/,
    ],
    [{ OIDC_SCOPE: "profile" }, /^OIDC_SCOPE: must hold openid$/],
    [{ OIDC_ISSUER: "" }, /^OIDC_ISSUER: must be set, since OIDC_CLIENT_ID is$/],
    [{ DASHBOARD_URL: "http://calls.example" }, /^DASHBOARD_URL: must be an https address/],
    [{ SIGN_IN_WITH_API_KEY: "perhaps" }, /^SIGN_IN_WITH_API_KEY: must be true or false$/],
    [{ SESSION_SECONDS: "5" }, /^SESSION_SECONDS: must be at least 60 seconds$/],
  ])("are refused in one line that names the variable: %j", (change, line) => {
    expect(() => read({ ...COMPLETE, ...change })).toThrow(line);
  });

  test("keep a way in", () => {
    expect(() => read({ SIGN_IN_WITH_API_KEY: "false" })).toThrow(/nobody can sign in$/);
    expect(read({ ...COMPLETE, SIGN_IN_WITH_API_KEY: "false" })).toBeDefined();
  });
});
