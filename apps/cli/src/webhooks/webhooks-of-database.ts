import {
  deliveryListInput,
  deliveryReplay,
  failedResend,
  newWebhookEndpoint,
  type WebhookEndpoint,
  webhookEndpointChange,
  webhookSecretRotation,
  type Wire,
} from "@call-log/model";
import type { Store, WebhookScope } from "@call-log/store";

import { localActing } from "../access/local-acting.ts";
import { CliError } from "../cli-error.ts";
import type { EndpointView, WebhookSource } from "./webhook-source.ts";

const DAY_MS = 86_400_000;
const NOTIFY = "notify";

/** The webhooks of a scope in the database of this machine, for its operator: no key is needed. */
export function webhooksOfDatabase(store: Store, scope: WebhookScope): WebhookSource {
  const { webhookEndpoints: endpoints, webhookDeliveries: deliveries } = store;
  const acting = localActing();
  const shown = async (found: WebhookEndpoint | undefined): Promise<EndpointView> => {
    const [first] = await viewsOf(store, scope, [known(found, "endpoint")]);
    return first!;
  };
  return {
    list: async () => ({ endpoints: await viewsOf(store, scope, await endpoints.list(scope)) }),
    get: async (id) => shown(await endpoints.find(scope, id)),
    async create(input) {
      const parsed = newWebhookEndpoint.parse(input);
      const { endpoint, secret } = await endpoints.create(scope, parsed, acting);
      return { endpoint: await shown(endpoint), secret };
    },
    update: async (id, change) =>
      shown(await endpoints.update(scope, id, { ...webhookEndpointChange.parse(change), acting })),
    async remove(id) {
      known((await endpoints.remove(scope, id, acting)) || undefined, "endpoint");
      return { deleted: true };
    },
    async secrets(given) {
      const id = await secretIdOf(store, scope, given);
      const [current, ...others] = known(
        await endpoints.showSecrets(scope, id, acting),
        "endpoint",
      );
      const previous = others.flatMap(({ secret, until }) =>
        until === undefined ? [] : [{ secret, until: until.toISOString() }],
      );
      return { secret: known(current, "endpoint").secret, previous };
    },
    async rotate(given, rotation) {
      const id = await secretIdOf(store, scope, given);
      const parsed = webhookSecretRotation.parse(rotation);
      const rotated = await endpoints.rotateSecret(scope, id, { ...parsed, acting });
      return onWire(known(rotated, "endpoint"));
    },
    deliveries: async (request) =>
      onWire(await deliveries.list(scope, deliveryListInput.parse(request))),
    delivery: async (id) => onWire(known(await deliveries.find(scope, id), "delivery")),
    resend: async (id) => onWire(known(await deliveries.resend(scope, id, acting), "delivery")),
    async resendFailed(request) {
      const { since: from, endpointId } = failedResend.parse(request);
      if (endpointId !== undefined) known(await endpoints.find(scope, endpointId), "endpoint");
      let count = 0;
      for (const { _id, enabled } of await endpoints.list(scope)) {
        const isMeant = endpointId === undefined ? enabled : _id === endpointId;
        const failed = { from, only: "failed", acting } as const;
        if (isMeant) count += await deliveries.replay(scope, _id, failed);
      }
      return { deliveries: count };
    },
    async replay(id, replay) {
      known(await endpoints.find(scope, id), "endpoint");
      const parsed = deliveryReplay.parse(replay);
      return { deliveries: await deliveries.replay(scope, id, { ...parsed, acting }) };
    },
  };
}

async function viewsOf(
  { webhookDeliveries }: Store,
  scope: WebhookScope,
  found: readonly WebhookEndpoint[],
): Promise<EndpointView[]> {
  const counts = await webhookDeliveries.countByEndpoint(scope, new Date(Date.now() - DAY_MS));
  return found.map((endpoint) => ({
    ...onWire(endpoint),
    lastDay: counts.get(endpoint._id) ?? { pending: 0, delivered: 0, failed: 0 },
  }));
}

async function secretIdOf(
  { webhookEndpoints }: Store,
  scope: WebhookScope,
  id: string,
): Promise<string> {
  return id === NOTIFY && scope !== null ? webhookEndpoints.ensureNotify(scope) : id;
}

function known<T>(found: T | undefined, what: "endpoint" | "delivery"): T {
  if (found !== undefined) return found;
  throw new CliError(
    what === "endpoint"
      ? "ID: there is no such webhook endpoint; see: webhooks list"
      : "ID: there is no such delivery; see: webhooks deliveries",
  );
}

function onWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>;
}
