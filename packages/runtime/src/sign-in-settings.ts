import {
  type Environment,
  groupGrants,
  parseSettings,
  publicAddress,
  SettingsError,
} from "@call-log/model";
import { z } from "zod";

/** Setting: a time in whole seconds, at least a minute. */
const seconds = (byDefault: number, description: string) =>
  z.coerce
    .number({ error: "must be a number of seconds" })
    .int({ error: "must be a whole number of seconds" })
    .min(60, { error: "must be at least 60 seconds" })
    .default(byDefault)
    .meta({ description });

// As it is: where an issuer ends with a slash, the slash is part of its name.
const issuer = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .refine((address) => publicAddress.safeParse(address).success, {
    error: "must be an https address; plain http is for loopback only",
  });

const text = (description: string) => z.string().min(1).optional().meta({ description });

/** Settings of sign-in to the dashboard. */
export const signInSettings = z.object({
  DASHBOARD_URL: publicAddress.optional().meta({
    description:
      "Base address under which browsers reach the dashboard; the identity provider sends people back there",
  }),
  SESSION_SECONDS: seconds(43_200, "Longest duration of a dashboard session, in seconds"),
  SESSION_IDLE_SECONDS: seconds(
    14_400,
    "A session ends after this time without a request, in seconds",
  ),
  SIGN_IN_WITH_API_KEY: z
    .stringbool({ error: "must be true or false" })
    .default(true)
    .meta({ description: "Whether an API key opens the dashboard" }),
  OIDC_ISSUER: issuer.optional().meta({
    description: "Address of the identity provider (OpenID Connect) that people sign in with",
  }),
  OIDC_CLIENT_ID: text("Client id of call-log at the identity provider"),
  OIDC_CLIENT_SECRET: text("Secret of that client; absent for a public one"),
  OIDC_SCOPE: z
    .string()
    .refine((scope) => scope.split(" ").includes("openid"), { error: "must hold openid" })
    .default("openid profile email")
    .meta({ description: "Scopes requested from the identity provider, separated by spaces" }),
  OIDC_GROUPS_CLAIM: z
    .string()
    .default("groups")
    .meta({ description: "Claim that holds the groups of a person" }),
  OIDC_GROUPS: groupGrants.optional().meta({
    description: "What each group may do in which project, as JSON",
  }),
});

/** The settings of sign-in, by the names of their environment variables. */
export type SignInConfig = z.output<typeof signInSettings>;

/** How people sign in at an identity provider, complete. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  scope: string;
  groupsClaim: string;
  /** Base address of the dashboard, without a slash at its end. */
  dashboardUrl: string;
}

const NEEDED = ["OIDC_CLIENT_ID", "OIDC_GROUPS"] as const;
const ALONE = [...NEEDED, "OIDC_CLIENT_SECRET"] as const;

/** The identity provider that the settings name, or undefined; throws a SettingsError that names every setting that is missing. */
export function oidcSettings(
  config: SignInConfig,
  ownUrl: string | undefined,
): OidcSettings | undefined {
  const { OIDC_ISSUER: issuerUrl, OIDC_CLIENT_ID: clientId, DASHBOARD_URL } = config;
  const dashboardUrl = DASHBOARD_URL ?? ownUrl;
  const problems = [...problemsOf(config, dashboardUrl)];
  if (problems.length > 0) throw new SettingsError(problems.join("\n"));
  if (issuerUrl === undefined || clientId === undefined || dashboardUrl === undefined)
    return undefined;
  return {
    issuer: issuerUrl,
    clientId,
    clientSecret: config.OIDC_CLIENT_SECRET,
    scope: config.OIDC_SCOPE,
    groupsClaim: config.OIDC_GROUPS_CLAIM,
    dashboardUrl,
  };
}

/**
 * Throws a SettingsError that names every setting of sign-in that is bad, or missing beside the others. `byDefault` is the dashboard's address
 * where neither DASHBOARD_URL nor PUBLIC_URL is set.
 */
export function checkSignIn(environment: Environment, byDefault?: string): void {
  const settings = signInSettings.extend({ PUBLIC_URL: publicAddress.optional() });
  const { PUBLIC_URL, ...config } = parseSettings(settings, environment);
  oidcSettings(config, PUBLIC_URL ?? byDefault);
}

function* problemsOf(config: SignInConfig, dashboardUrl: string | undefined): Iterable<string> {
  if (config.OIDC_ISSUER === undefined) {
    const given = ALONE.find((name) => config[name] !== undefined);
    if (given !== undefined) yield `OIDC_ISSUER: must be set, since ${given} is`;
    if (!config.SIGN_IN_WITH_API_KEY)
      yield "SIGN_IN_WITH_API_KEY: must be true without OIDC_ISSUER, else nobody can sign in";
    return;
  }
  for (const name of NEEDED)
    if (config[name] === undefined) yield `${name}: must be set, since OIDC_ISSUER is`;
  if (dashboardUrl === undefined)
    yield "DASHBOARD_URL: must be set, since OIDC_ISSUER is, or PUBLIC_URL where the dashboard is under it";
}
