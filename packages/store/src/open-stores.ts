import { createApiKeyStore } from "./access/api-key-store.ts";
import { createKeyUses } from "./access/key-uses.ts";
import { createSessionStore } from "./access/session-store.ts";
import { createSignInStore } from "./access/sign-in-store.ts";
import { createAlertSourceStore } from "./alert-sources/alert-source-store.ts";
import { createAuditReader } from "./audit/audit-reader.ts";
import { createAuditTrail } from "./audit/audit-trail.ts";
import { createBacklogStore } from "./calls/backlog-store.ts";
import { createCallStore } from "./calls/call-store.ts";
import { createOutboxStore } from "./calls/outbox-store.ts";
import { createRecheckStore } from "./calls/recheck-store.ts";
import type { Collections } from "./collections.ts";
import { createDeadLetterStore } from "./dead-letters/dead-letter-store.ts";
import { createBudgetStore } from "./guards/budgets/budget-store.ts";
import { createCalleeTurnStore } from "./guards/callee-turn-store.ts";
import { createNumberRefusalStore } from "./guards/number-refusal-store.ts";
import { createProviderStateStore } from "./guards/provider-state-store.ts";
import { createPurposeLockStore } from "./guards/purpose-lock-store.ts";
import { createInstanceSettings } from "./installation/instance-settings.ts";
import { createProcessStore } from "./installation/process-store.ts";
import { createBackgroundMigrations } from "./migrations/background-migrations.ts";
import { createProblemStore } from "./problems/problem-store.ts";
import { createProjectFacts } from "./problems/project-facts.ts";
import { createRollupStore } from "./rollups/index.ts";
import { createCallerIdStore } from "./tenants/caller-id-store.ts";
import { createDoNotCallStore } from "./tenants/do-not-call-store.ts";
import { createProjectStore } from "./tenants/project-store.ts";
import { createSavedViewStore } from "./tenants/saved-view-store.ts";
import { createWebhookDeliveryStore } from "./webhooks/webhook-delivery-store.ts";
import { createWebhookEndpointStore } from "./webhooks/webhook-endpoint-store.ts";

/** Clocks of the stores, and how long they keep what they keep. */
export interface StoreTimes {
  now: () => Date;
  elapsedMs: () => number;
  auditRetentionDays: number;
  deadLetterRetentionDays: number;
}

/** Every store on the collections of a database. */
export function openStores(collections: Collections, times: StoreTimes) {
  const { now, elapsedMs, auditRetentionDays, deadLetterRetentionDays } = times;
  const rollups = createRollupStore({ collections, now });
  const { trail, auditWriter } = createAuditTrail({
    collections,
    now,
    retentionDays: auditRetentionDays,
  });
  const deps = { ...collections, auditWriter, now, elapsedMs };
  const callerIds = createCallerIdStore(deps);
  const projects = createProjectStore({ ...deps, rollups, callerIds });
  return {
    calls: createCallStore({ ...deps, projects, rollups }),
    projects,
    callerIds,
    rollups,
    keys: createApiKeyStore(deps),
    keyUses: createKeyUses(deps),
    sessions: createSessionStore(deps),
    signIns: createSignInStore(deps),
    instance: createInstanceSettings(collections.settings),
    processes: createProcessStore(deps),
    doNotCall: createDoNotCallStore(deps),
    audit: { ...trail, ...createAuditReader(collections.auditLog) },
    deadLetters: createDeadLetterStore({ ...deps, retentionDays: deadLetterRetentionDays }),
    budgets: createBudgetStore({ collections, now }),
    rechecks: createRecheckStore(collections),
    calleeTurns: createCalleeTurnStore(deps),
    purposeLocks: createPurposeLockStore(deps),
    numberRefusals: createNumberRefusalStore(deps),
    providerStates: createProviderStateStore(deps),
    backlog: createBacklogStore(collections.backlog),
    problems: createProblemStore(deps),
    projectFacts: createProjectFacts(collections),
    outbox: createOutboxStore(collections),
    webhookEndpoints: createWebhookEndpointStore(deps),
    webhookDeliveries: createWebhookDeliveryStore({ ...deps, audit: trail }),
    alertSources: createAlertSourceStore(deps),
    savedViews: createSavedViewStore(deps),
    backgroundMigrations: createBackgroundMigrations(collections, times),
  };
}
