import type { SignInProblem } from "@call-log/model";
import type { OidcSettings } from "@call-log/runtime";
import * as oidc from "openid-client";

/** A person, as the identity provider names them. */
export interface NamedPerson {
  issuer: string;
  subject: string;
  name?: string;
  email?: string;
  groups: string[];
}

/** What has to be the same when a person comes back. */
export interface SignInChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Why a person is not signed in. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly problem: SignInProblem;

  constructor(problem: SignInProblem, options?: ErrorOptions) {
    super(`sign-in: ${problem}`, options);
    this.problem = problem;
  }
}

/** An identity provider, by OpenID Connect with the code flow and PKCE. It is looked up when the first person signs in. */
export interface OidcClient {
  /** Address at the identity provider to send a person to. Throws a SignInError. */
  begin(): Promise<{ url: URL; checks: SignInChecks }>;
  /** The person who has come back to this address. Throws a SignInError. */
  complete(address: URL, checks: SignInChecks): Promise<NamedPerson>;
}

/** Path under the dashboard's address that the identity provider sends people back to. */
export const CALLBACK_PATH = "/oidc/callback";

const TIMEOUT_SECONDS = 10;
/** What is known of the identity provider is looked up again after this time. */
const DISCOVERY_HOLDS_MS = 3_600_000;
const MAX_TEXT = 200;

/** A client of the identity provider that the settings name. */
export function createOidcClient(
  settings: OidcSettings,
  { elapsedMs = () => performance.now() }: { elapsedMs?: () => number } = {},
): OidcClient {
  const configuration = remembered(() => discover(settings), elapsedMs);
  return {
    async begin() {
      const checks = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      };
      const config = await orProblem(configuration, "unavailable");
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${settings.dashboardUrl}${CALLBACK_PATH}`,
        scope: settings.scope,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: "S256",
      });
      return { url, checks };
    },

    async complete(address, { state, nonce, codeVerifier }) {
      const config = await orProblem(configuration, "unavailable");
      return orProblem(async () => {
        const tokens = await oidc.authorizationCodeGrant(config, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        return namedPerson(config, tokens, settings.groupsClaim);
      }, "failed");
    },
  };
}

async function discover(settings: OidcSettings): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  const isPlain = issuer.startsWith("http:");
  const discovered = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), {
    timeout: TIMEOUT_SECONDS,
    // The settings take plain http on loopback alone.
    execute: isPlain ? [oidc.allowInsecureRequests] : [],
  });
  const server = discovered.serverMetadata();
  const authentication = authenticationOf(server, clientSecret);
  const config = new oidc.Configuration(server, clientId, undefined, authentication);
  config.timeout = TIMEOUT_SECONDS;
  oidc.enableNonRepudiationChecks(config);
  if (isPlain) oidc.allowInsecureRequests(config);
  return config;
}

// Where the identity provider says nothing, the standard says Basic.
function authenticationOf(
  { token_endpoint_auth_methods_supported: methods }: oidc.ServerMetadata,
  clientSecret: string | undefined,
): oidc.ClientAuth {
  if (clientSecret === undefined) return oidc.None();
  return methods === undefined || methods.includes("client_secret_basic")
    ? oidc.ClientSecretBasic(clientSecret)
    : oidc.ClientSecretPost(clientSecret);
}

// Some identity providers put groups and names into the answer of the userinfo endpoint alone.
async function namedPerson(
  config: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
  groupsClaim: string,
): Promise<NamedPerson> {
  const claims = tokens.claims()!;
  const isComplete = [groupsClaim, "name", "email"].every((name) => claims[name] !== undefined);
  const hasMore = config.serverMetadata().userinfo_endpoint !== undefined;
  const more =
    !isComplete && hasMore ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  const all: Record<string, unknown> = { ...more, ...claims };
  const name = textOf(all["name"]) ?? textOf(all["preferred_username"]);
  const email = all["email_verified"] === false ? undefined : textOf(all["email"]);
  return {
    issuer: claims.iss,
    subject: claims.sub,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    groups: groupsOf(all[groupsClaim]),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, MAX_TEXT) : undefined;
}

function groupsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string");
}

async function orProblem<T>(act: () => Promise<T>, problem: SignInProblem): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new SignInError(problemOf(cause) ?? problem, { cause });
  }
}

function problemOf(cause: unknown): SignInProblem | undefined {
  if (cause instanceof oidc.AuthorizationResponseError)
    return cause.error === "access_denied" ? "denied" : undefined;
  const isAway =
    cause instanceof TypeError ||
    (cause instanceof Error && ["AbortError", "TimeoutError"].includes(cause.name));
  return isAway ? "unavailable" : undefined;
}

// A failure is not remembered, so that an identity provider that was away is asked again.
function remembered<T>(make: () => Promise<T>, elapsedMs: () => number): () => Promise<T> {
  let known: { value: Promise<T>; at: number } | undefined;
  return async () => {
    if (known === undefined || elapsedMs() - known.at > DISCOVERY_HOLDS_MS)
      known = { value: make(), at: elapsedMs() };
    const current = known;
    try {
      return await current.value;
    } catch (error) {
      if (known === current) known = undefined;
      throw error;
    }
  };
}
