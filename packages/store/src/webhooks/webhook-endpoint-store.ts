import {
  type Acting,
  CallLogError,
  eventTypesOfScope,
  MAX_WEBHOOK_ENDPOINTS,
  type NewWebhookEndpoint,
  SYSTEM_ACTING,
  type WebhookEndpoint,
  type WebhookEndpointChange,
  type WebhookEventType,
} from "@call-log/model";
import type { Collection } from "mongodb";
import { v7 } from "uuid";

import { INSTALLATION } from "../audit/audit-document.ts";
import type { AuditWriter } from "../audit/audit-trail.ts";
import { NOT_REMOVED } from "../audit/delete-after-filing.ts";
import { shortCache } from "../batching/short-cache.ts";
import type { WebhookEndpointDocument, WebhookScope } from "./webhook-documents.ts";
import {
  changeEndpoint,
  disableEndpoint,
  insertEndpoint,
  removeEndpoint,
} from "./webhook-endpoint-acts.ts";
import { createEndpointHealth, type EndpointHealth } from "./webhook-endpoint-health.ts";
import { createWebhookSecrets, newWebhookSecret, type WebhookSecrets } from "./webhook-secrets.ts";

/** How old what a process knows of "who listens" may be, in milliseconds: a new endpoint gets events from then on. */
const RECENT_MS = 1000;
const MAX_RECENT = 1000;
const ALL_SCOPES = "all";

/** An endpoint that gets events. */
export interface Listener {
  _id: string;
  events: readonly WebhookEventType[];
}

/** Where webhooks go. Without `acting`, it is call-log itself that acts. */
export interface WebhookEndpointStore extends WebhookSecrets, EndpointHealth {
  /** Make an endpoint; its secret is in the answer. BAD_REQUEST for events that its scope has not, CONFLICT for more than 50. */
  create(
    scope: WebhookScope,
    input: NewWebhookEndpoint,
    acting?: Acting,
  ): Promise<{ endpoint: WebhookEndpoint; secret: string }>;
  /** Undefined when the scope has no such endpoint. */
  find(scope: WebhookScope, id: string): Promise<WebhookEndpoint | undefined>;
  /** The endpoints of a scope, oldest first. */
  list(scope: WebhookScope): Promise<WebhookEndpoint[]>;
  /** Change an endpoint; it as it is then, undefined when the scope has none. BAD_REQUEST for events that the scope has not. */
  update(
    scope: WebhookScope,
    id: string,
    change: WebhookEndpointChange & { acting?: Acting },
  ): Promise<WebhookEndpoint | undefined>;
  /** False when the scope has no such endpoint. */
  remove(scope: WebhookScope, id: string, acting?: Acting): Promise<boolean>;
  /** Endpoints of a scope that get events; at most a second old. */
  listeners(scope: WebhookScope): Promise<readonly Listener[]>;
  /** True when there is an endpoint, or a request has named an address. */
  isUsed(): Promise<boolean>;
  /** How many endpoints are disabled by failures or by 410, in all scopes. */
  countDisabled(): Promise<number>;
}

/** What the endpoints are kept in and by. */
export interface WebhookEndpointDeps {
  webhookEndpoints: Collection<WebhookEndpointDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
  elapsedMs: () => number;
}

const ENDPOINT = { role: "endpoint", ...NOT_REMOVED } as const;

/** The endpoints in a MongoDB collection. */
export function createWebhookEndpointStore(deps: WebhookEndpointDeps): WebhookEndpointStore {
  const { webhookEndpoints, now } = deps;
  const recent = recentListeners(deps);
  const forget = () => recent.forget();

  const of = (scope: WebhookScope, id: string) =>
    ({ _id: id, scope: scope ?? INSTALLATION, ...ENDPOINT }) as const;

  return {
    listeners: (scope) => recent.listeners(scope),
    ...createWebhookSecrets(deps),
    ...createEndpointHealth({
      ...deps,
      disable: async (id, by) => {
        const disabled = await disableEndpoint(deps, id, { by, at: now() });
        forget();
        return disabled;
      },
    }),

    async create(scope, input, acting = SYSTEM_ACTING) {
      const document = newEndpoint(scope, input, now());
      const { scope: place } = document;
      if (
        (await webhookEndpoints.countDocuments({ scope: place, ...ENDPOINT })) >=
        MAX_WEBHOOK_ENDPOINTS
      )
        throw new CallLogError("CONFLICT", `there are ${MAX_WEBHOOK_ENDPOINTS} endpoints already`);
      await insertEndpoint(deps, document, acting);
      forget();
      return { endpoint: shownEndpoint(document), secret: document.secrets[0]!.secret };
    },

    async find(scope, id) {
      const found = await webhookEndpoints.findOne(of(scope, id));
      return found === null ? undefined : shownEndpoint(found);
    },

    async list(scope) {
      const found = await webhookEndpoints
        .find({ scope: scope ?? INSTALLATION, ...ENDPOINT })
        .sort({ createdAt: 1, _id: 1 })
        .toArray();
      return found.map(shownEndpoint);
    },

    async update(scope, id, { acting = SYSTEM_ACTING, ...change }) {
      requireEvents(scope, change.events);
      const changed = await changeEndpoint(deps, of(scope, id), { acting, change, at: now() });
      forget();
      return changed && shownEndpoint(changed);
    },

    async remove(scope, id, acting = SYSTEM_ACTING) {
      const isRemoved = await removeEndpoint(deps, of(scope, id), { acting, at: now() });
      forget();
      return isRemoved;
    },

    isUsed: async () =>
      (await webhookEndpoints.findOne(NOT_REMOVED, { projection: { _id: 1 } })) !== null,

    countDisabled: () =>
      webhookEndpoints.countDocuments({ ...ENDPOINT, disabledBy: { $in: ["failures", "gone"] } }),
  };
}

// Most scopes have no endpoint; then an event costs no look-up.
function recentListeners({ webhookEndpoints, elapsedMs }: WebhookEndpointDeps) {
  const enabled = { ...ENDPOINT, enabled: true } as const;
  const times = { validMs: RECENT_MS, elapsedMs };
  const scopes = shortCache<ReadonlySet<string>>({ ...times, maxEntries: 1 });
  const ofScope = shortCache<readonly Listener[]>({ ...times, maxEntries: MAX_RECENT });
  const readScopes = async () => new Set(await webhookEndpoints.distinct("scope", enabled));
  const readScope = async (scope: string) => {
    const found = await webhookEndpoints
      .find({ scope, ...enabled }, { projection: { events: 1 } })
      .sort({ createdAt: 1, _id: 1 })
      .toArray();
    return found.map(({ _id, events }) => ({ _id, events }));
  };
  return {
    async listeners(given: WebhookScope): Promise<readonly Listener[]> {
      const scope = given ?? INSTALLATION;
      if (!(await scopes.get(ALL_SCOPES, readScopes))?.has(scope)) return [];
      return (await ofScope.get(scope, () => readScope(scope))) ?? [];
    },
    forget() {
      scopes.clear();
      ofScope.clear();
    },
  };
}

function newEndpoint(
  scope: WebhookScope,
  { url, events, description, secret }: NewWebhookEndpoint,
  at: Date,
): WebhookEndpointDocument {
  requireEvents(scope, events);
  return {
    _id: v7(),
    scope: scope ?? INSTALLATION,
    role: "endpoint",
    ...(scope !== null && { projectId: scope }),
    url,
    ...(description !== undefined && { description }),
    events: events ?? [...eventTypesOfScope(scope ?? undefined)],
    enabled: true,
    secrets: [{ secret: secret ?? newWebhookSecret(), createdAt: at }],
    createdAt: at,
    updatedAt: at,
  };
}

function requireEvents(scope: WebhookScope, events: readonly WebhookEventType[] | undefined) {
  const allowed = eventTypesOfScope(scope ?? undefined);
  const other = events?.find((type) => !allowed.includes(type));
  if (other === undefined) return;
  const text = `events: an endpoint of the installation has no ${other}; allowed: ${allowed.join(", ")}`;
  throw new CallLogError("BAD_REQUEST", text);
}

function shownEndpoint(document: WebhookEndpointDocument): WebhookEndpoint {
  const { scope: _scope, role: _role, secrets: _secrets, failures: _failures, ...rest } = document;
  const { unfiledActs: _acts, actCount: _count, removedAt: _removed, ...shown } = rest;
  return shown;
}
