import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { ClientMetadata, Configuration, default as Provider } from "oidc-provider";

/** A person at the identity provider, by what it says of them. */
export interface KnownPerson {
  name?: string;
  email?: string;
  groups?: unknown;
}

/** A certified OpenID Connect provider on loopback, whose sign-in page asks for a name and no password. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What it knows, by the name that a person signs in with. */
  people: Map<string, KnownPerson>;
  /** Changes each ID token that it hands out, as an attacker would like to. */
  tamper: ((idToken: string) => string) | undefined;
  close(): Promise<void>;
}

const CLIENT_ID = "call-log";

/** Start an identity provider that sends people back to this path of any port on loopback. */
export async function startIdentityProvider(
  options: { callbackPath?: string; groupsIn?: "id-token" | "userinfo"; port?: number } = {},
): Promise<IdentityProvider> {
  const { callbackPath = "/oidc/callback", groupsIn = "userinfo", port = 0 } = options;
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientSecret = randomBytes(16).toString("hex");
  const idp: IdentityProvider = {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    people: new Map(),
    tamper: undefined,
    close: () => closed(server),
  };
  const client = {
    client_id: CLIENT_ID,
    client_secret: clientSecret,
    // A native client's port on loopback is any.
    application_type: "native",
    redirect_uris: [`http://127.0.0.1${callbackPath}`],
  } satisfies ClientMetadata;
  const { default: OidcProvider } = await import("oidc-provider");
  const provider = new OidcProvider(issuer, configuration(client, { idp, groupsIn }));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const { pathname } = new URL(request.url ?? "/", issuer);
    if (pathname.startsWith("/interaction/")) {
      interact(provider, request, response).catch((error: unknown) => fail(response, error));
      return;
    }
    if (pathname === "/token" && idp.tamper !== undefined) tamperWith(response, idp.tamper);
    void answer(request, response);
  });
  return idp;
}

function configuration(
  client: ClientMetadata,
  { idp, groupsIn }: { idp: IdentityProvider; groupsIn: "id-token" | "userinfo" },
): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "a" };
  return {
    clients: [client],
    jwks: { keys: [key] } as NonNullable<Configuration["jwks"]>,
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email"] },
    conformIdTokenClaims: groupsIn === "userinfo",
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    findAccount: (_context, id) => {
      const person = idp.people.get(id);
      if (person === undefined) return undefined;
      return { accountId: id, claims: async () => ({ sub: id, ...person }) };
    },
  };
}

const PAGE = `<!doctype html><html lang="en"><head><title>Organization</title></head><body><form method="post">
<label>Name <input name="login" autofocus></label> <button>Sign in</button>
<button name="cancel" value="yes">Cancel</button></form></body></html>`;

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "consent") {
    // Nobody is asked whether their own organization may name them.
    const grant = new provider.Grant({ clientId: CLIENT_ID, accountId: session!.accountId });
    grant.addOIDCScope("openid profile email");
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { consent });
    return;
  }
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(PAGE);
    return;
  }
  let body = "";
  for await (const part of request) body += String(part);
  const form = new URLSearchParams(body);
  const result = form.has("cancel")
    ? { error: "access_denied", error_description: "<b>The person</b> said no" }
    : { login: { accountId: form.get("login") ?? "" } };
  await provider.interactionFinished(request, response, result);
}

function fail(response: ServerResponse, error: unknown): void {
  response.statusCode = 500;
  response.end(String(error));
}

function tamperWith(response: ServerResponse, tamper: (idToken: string) => string): void {
  const end = response.end.bind(response);
  response.end = ((chunk: unknown) => {
    const body = JSON.parse(String(chunk)) as { id_token?: string };
    if (body.id_token !== undefined) body.id_token = tamper(body.id_token);
    response.removeHeader("content-length");
    return end(JSON.stringify(body));
  }) as ServerResponse["end"];
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
