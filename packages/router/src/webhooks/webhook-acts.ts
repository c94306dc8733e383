import {
  CallLogError,
  objectId,
  onlyKeys,
  type NewWebhookEndpoint,
  newWebhookEndpoint,
  type WebhookEndpoint,
  webhookEndpointChange,
  webhookSecretRotation,
} from "@call-log/model";
import type { Authenticated, WebhookScope } from "@call-log/store";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import { endpointView, type WebhookEndpointView } from "./webhook-views.ts";

const DAY_MS = 86_400_000;

/** Who asks, and by what. */
export type Asked = RouterContext & { identity: Authenticated };

/** Input that names an endpoint. */
export const endpointRef = onlyKeys({ id: objectId });

/** Input that changes an endpoint. */
export const endpointChange = onlyKeys({ id: objectId, ...webhookEndpointChange.shape });

const NOTIFY = "notify";

const secretId = z.union([z.literal(NOTIFY), objectId], {
  error: `must be the id of an endpoint, or "${NOTIFY}" for the secret of the addresses in requests`,
});

/** Input that names a secret: of an endpoint, or of the addresses in a project's requests. */
export const secretRef = onlyKeys({ id: secretId });

/** Input that replaces a secret. */
export const secretRotation = onlyKeys({ id: secretId, ...webhookSecretRotation.shape });

/** Input that makes an endpoint. */
export const endpointInput = newWebhookEndpoint;

/** The secrets that sign now; times are ISO text. */
export interface WebhookSecretsView {
  secret: string;
  /** Replaced ones that sign beside it. */
  previous: { secret: string; until: string }[];
}

/** Whose endpoints a request is about: those of the key's project, or of the installation. */
export function scopeOf({ identity }: Asked): WebhookScope {
  return identity.scope === "installation" ? null : identity.projectId;
}

/** Every endpoint of the scope, oldest first. */
export async function listEndpoints(ctx: Asked): Promise<{ endpoints: WebhookEndpointView[] }> {
  const { webhookEndpoints, webhookDeliveries } = ctx.store;
  const scope = scopeOf(ctx);
  const [endpoints, counts] = await Promise.all([
    webhookEndpoints.list(scope),
    webhookDeliveries.countByEndpoint(scope, sinceYesterday(ctx)),
  ]);
  return {
    endpoints: endpoints.map((one) => endpointView(one, counts.get(one._id), ctx.identity)),
  };
}

/** One endpoint of the scope. Throws NOT_FOUND. */
export async function readEndpoint(ctx: Asked, id: string): Promise<WebhookEndpointView> {
  return shown(ctx, await ctx.store.webhookEndpoints.find(scopeOf(ctx), id));
}

/** Make an endpoint; its secret is in the answer. */
export async function createEndpoint(ctx: Asked, input: NewWebhookEndpoint) {
  const scope = scopeOf(ctx);
  const made = await ctx.store.webhookEndpoints.create(scope, input, actingOf(ctx));
  return { endpoint: endpointView(made.endpoint, undefined, ctx.identity), secret: made.secret };
}

/** Change an endpoint. Throws NOT_FOUND. */
export async function updateEndpoint(
  ctx: Asked,
  { id, ...change }: z.output<typeof endpointChange>,
): Promise<WebhookEndpointView> {
  const acting = actingOf(ctx);
  const { webhookEndpoints } = ctx.store;
  return shown(ctx, await webhookEndpoints.update(scopeOf(ctx), id, { ...change, acting }));
}

/** Delete an endpoint. Throws NOT_FOUND. */
export async function deleteEndpoint(ctx: Asked, id: string): Promise<{ deleted: true }> {
  if (await ctx.store.webhookEndpoints.remove(scopeOf(ctx), id, actingOf(ctx)))
    return { deleted: true };
  throw noSuchEndpoint();
}

/** The secrets that sign now. Throws NOT_FOUND. */
export async function revealSecret(ctx: Asked, given: string): Promise<WebhookSecretsView> {
  const id = await secretIdOf(ctx, given);
  const secrets = await ctx.store.webhookEndpoints.showSecrets(scopeOf(ctx), id, actingOf(ctx));
  const [current, ...others] = secrets ?? [];
  if (current === undefined) throw noSuchEndpoint();
  const previous = others.flatMap(({ secret, until }) =>
    until === undefined ? [] : [{ secret, until: until.toISOString() }],
  );
  return { secret: current.secret, previous };
}

/** Replace a secret. Throws NOT_FOUND. */
export async function rotateSecret(
  ctx: Asked,
  { id: given, ...rotation }: z.output<typeof secretRotation>,
): Promise<{ secret: string; previousUntil: string }> {
  const id = await secretIdOf(ctx, given);
  const by = { ...rotation, acting: actingOf(ctx) };
  const rotated = await ctx.store.webhookEndpoints.rotateSecret(scopeOf(ctx), id, by);
  if (rotated === undefined) throw noSuchEndpoint();
  return { secret: rotated.secret, previousUntil: rotated.previousUntil.toISOString() };
}

async function secretIdOf(ctx: Asked, id: string): Promise<string> {
  const scope = scopeOf(ctx);
  if (id !== NOTIFY) return id;
  if (scope === null) throw noSuchEndpoint();
  return ctx.store.webhookEndpoints.ensureNotify(scope);
}

/** The error for an endpoint that the scope has not. */
export function noSuchEndpoint(): CallLogError {
  return new CallLogError("NOT_FOUND", "There is no such webhook endpoint for this key.");
}

async function shown(
  ctx: Asked,
  endpoint: WebhookEndpoint | undefined,
): Promise<WebhookEndpointView> {
  if (endpoint === undefined) throw noSuchEndpoint();
  const { webhookDeliveries } = ctx.store;
  const counts = await webhookDeliveries.countByEndpoint(scopeOf(ctx), sinceYesterday(ctx));
  return endpointView(endpoint, counts.get(endpoint._id), ctx.identity);
}

function sinceYesterday({ now }: Pick<RouterContext, "now">): Date {
  return new Date(now().getTime() - DAY_MS);
}
