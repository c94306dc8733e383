import { randomBytes } from "node:crypto";

import {
  type Acting,
  SYSTEM_ACTING,
  type WebhookSecret,
  type WebhookSecretRotation,
} from "@call-log/model";
import type { Collection } from "mongodb";

import { INSTALLATION } from "../audit/audit-document.ts";
import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { NOT_REMOVED } from "../audit/delete-after-filing.ts";
import { isDuplicateKey } from "../database-error.ts";
import type { WebhookEndpointDocument, WebhookScope } from "./webhook-documents.ts";

const NEW_SECRET_BYTES = 32;

/** Most secrets that sign at a time: the current one and those of rotations that overlap. */
const MAX_SECRETS = 5;

/** A new secret: `whsec_` and the Base64 of 32 random bytes. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(NEW_SECRET_BYTES).toString("base64")}`;
}

/** Id under which the secret for the addresses in a project's requests (`notify`) is kept. */
export function notifyEndpointId(projectId: string): string {
  return `notify-${projectId}`;
}

/** Secrets that sign at this time, the current one first. */
export function validSecrets(secrets: readonly WebhookSecret[], at: Date): WebhookSecret[] {
  return secrets.filter(({ until }) => until === undefined || until > at);
}

/** The secrets of endpoints. Each act has its line in the audit trail, without the secret. */
export interface WebhookSecrets {
  /** Secrets that sign now, the current one first; undefined when the scope has no such endpoint. */
  showSecrets(
    scope: WebhookScope,
    id: string,
    acting: Acting,
  ): Promise<WebhookSecret[] | undefined>;
  /** Give an endpoint a new secret; the present one signs, too, until the overlap ends. Undefined when the scope has no such endpoint. */
  rotateSecret(
    scope: WebhookScope,
    id: string,
    rotation: WebhookSecretRotation & { acting?: Acting },
  ): Promise<{ secret: string; previousUntil: Date } | undefined>;
  /** Make the secret for the addresses in a project's requests if there is none; the id that `showSecrets` and `rotateSecret` take. */
  ensureNotify(projectId: string): Promise<string>;
}

/** The secrets in the collection of endpoints. */
export function createWebhookSecrets(deps: {
  webhookEndpoints: Collection<WebhookEndpointDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
}): WebhookSecrets {
  const { webhookEndpoints: collection, auditWriter, now } = deps;
  const of = (scope: WebhookScope, id: string) =>
    ({ _id: id, scope: scope ?? INSTALLATION, ...NOT_REMOVED }) as const;
  return {
    async showSecrets(scope, id, acting) {
      // The line first: nobody sees a secret without one.
      const report = { act: "webhook.show-secret", acting, target: id } as const;
      const projectId = scope ?? undefined;
      const shown = await changeAudited({ collection, auditWriter }, of(scope, id), () => ({
        update: {},
        report: { ...report, projectId },
      }));
      return shown && validSecrets(shown.after.secrets, now());
    },

    async rotateSecret(scope, id, { secret = newWebhookSecret(), overlapSeconds, acting }) {
      const at = now();
      const previousUntil = new Date(at.getTime() + overlapSeconds * 1000);
      const rotated = await changeAudited({ collection, auditWriter }, of(scope, id), (before) => {
        const valid = validSecrets(before.secrets, at);
        const others = valid.filter((one) => one.secret !== secret);
        const older = others.map((one) => ({ until: previousUntil, ...one }));
        const secrets = [{ secret, createdAt: at }, ...older].slice(0, MAX_SECRETS);
        return {
          update: { $set: { secrets, updatedAt: at } },
          report: {
            act: "webhook.rotate-secret",
            acting: acting ?? SYSTEM_ACTING,
            projectId: scope ?? undefined,
            target: id,
            facts: { previousUntil: previousUntil.toISOString() },
          },
        };
      });
      return rotated && { secret, previousUntil };
    },

    async ensureNotify(projectId) {
      const id = notifyEndpointId(projectId);
      if ((await collection.findOne({ _id: id }, { projection: { _id: 1 } })) !== null) return id;
      try {
        await collection.insertOne(notifyDocument(projectId, now()));
      } catch (error) {
        // Somebody else made it at the same time.
        if (!isDuplicateKey(error)) throw error;
      }
      return id;
    },
  };
}

function notifyDocument(projectId: string, at: Date): WebhookEndpointDocument {
  return {
    _id: notifyEndpointId(projectId),
    scope: projectId,
    projectId,
    role: "notify",
    url: "",
    events: [],
    enabled: true,
    secrets: [{ secret: newWebhookSecret(), createdAt: at }],
    createdAt: at,
    updatedAt: at,
  };
}
