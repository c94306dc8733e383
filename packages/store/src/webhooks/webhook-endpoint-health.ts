import type { WebhookDisabledBy, WebhookSecret } from "@call-log/model";
import type { Collection } from "mongodb";

import { NOT_REMOVED } from "../audit/delete-after-filing.ts";
import type { WebhookEndpointDocument } from "./webhook-documents.ts";
import { validSecrets } from "./webhook-secrets.ts";

/** An endpoint without one success for so long is disabled, in milliseconds. */
export const DISABLE_AFTER_MS = 5 * 86_400_000;
/** … if it was tried at least so often: one failure, and silence after it, says little. */
export const DISABLE_AFTER_FAILURES = 20;
/** A success is noted at most so often. */
const NOTE_SUCCESS_MS = 60_000;

/** An endpoint as a delivery needs it. */
export interface DeliveryTarget {
  _id: string;
  url: string;
  enabled: boolean;
  /** Secrets that sign now, the current one first. */
  secrets: readonly WebhookSecret[];
  failingSince?: Date | undefined;
  lastSuccessAt?: Date | undefined;
}

/** What deliveries need and say of an endpoint. */
export interface EndpointHealth {
  /** An endpoint to deliver to, or the holder of a project's secret for addresses in requests; undefined when it was deleted. */
  target(id: string): Promise<DeliveryTarget | undefined>;
  noteSuccess(target: DeliveryTarget): Promise<void>;
  /** Note a failed try; true for the one process that disabled the endpoint by it: after five days, and at once where it is gone. */
  noteFailure(target: DeliveryTarget, failure: { error: string; gone: boolean }): Promise<boolean>;
}

/** The health of endpoints in their collection. */
export function createEndpointHealth(deps: {
  webhookEndpoints: Collection<WebhookEndpointDocument>;
  now: () => Date;
  disable: (id: string, by: WebhookDisabledBy) => Promise<boolean>;
}): EndpointHealth {
  const { webhookEndpoints, now, disable } = deps;
  return {
    async target(id) {
      const found = await webhookEndpoints.findOne({ _id: id, ...NOT_REMOVED });
      if (found === null) return undefined;
      const { _id, url, enabled, failingSince, lastSuccessAt } = found;
      const secrets = validSecrets(found.secrets, now());
      return { _id, url, enabled, secrets, failingSince, lastSuccessAt };
    },

    async noteSuccess({ _id, failingSince, lastSuccessAt }) {
      const at = now();
      const isRecent =
        lastSuccessAt !== undefined && at.getTime() - lastSuccessAt.getTime() < NOTE_SUCCESS_MS;
      if (isRecent && failingSince === undefined) return;
      const $unset = { failingSince: "", failures: "", lastError: "" } as const;
      await webhookEndpoints.updateOne({ _id }, { $set: { lastSuccessAt: at }, $unset });
    },

    async noteFailure({ _id }, { error, gone }) {
      const at = now();
      const noted = await webhookEndpoints.findOneAndUpdate(
        { _id, ...NOT_REMOVED },
        { $set: { lastError: error }, $inc: { failures: 1 } },
        { returnDocument: "after" },
      );
      if (noted === null || noted.role === "notify") return false;
      if (noted.failingSince === undefined) {
        const first = { _id, failingSince: { $exists: false } };
        await webhookEndpoints.updateOne(first, { $set: { failingSince: at } });
      }
      if (!noted.enabled) return false;
      if (gone) return disable(_id, "gone");
      return isHopeless(noted, at) ? disable(_id, "failures") : false;
    },
  };
}

function isHopeless({ failingSince, failures = 0 }: WebhookEndpointDocument, at: Date): boolean {
  return (
    failingSince !== undefined &&
    at.getTime() - failingSince.getTime() >= DISABLE_AFTER_MS &&
    failures >= DISABLE_AFTER_FAILURES
  );
}
