import {
  type Acting,
  type DeliveryReplay,
  SYSTEM_ACTING,
  type WebhookDelivery,
} from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import { INSTALLATION } from "../audit/audit-document.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { shownDelivery } from "./delivery-reads.ts";
import type { WebhookDeliveryDocument, WebhookScope } from "./webhook-documents.ts";

/** How deliveries are sent again, with the id and the body that they had. */
export interface DeliveryResends {
  /** Send one again, whatever its state; one that waits is due now. Undefined when the scope has no such delivery. */
  resend(scope: WebhookScope, id: string, acting?: Acting): Promise<WebhookDelivery | undefined>;
  /** Send deliveries of an endpoint again that were made in a span; how many. */
  replay(
    scope: WebhookScope,
    endpointId: string,
    replay: DeliveryReplay & { acting?: Acting },
  ): Promise<number>;
}

/** Sending deliveries of a collection again. */
export function createDeliveryResends(deps: {
  webhookDeliveries: Collection<WebhookDeliveryDocument>;
  audit: Pick<AuditTrail, "write">;
  now: () => Date;
}): DeliveryResends {
  const { webhookDeliveries, audit, now } = deps;
  // A new round of tries, with the waits of the first one.
  const again = (at: Date) =>
    ({
      $set: { state: "pending", dueAt: at, tryCount: 0 },
      $unset: { endedAt: "" },
    }) as const;
  return {
    async resend(scope, id, acting = SYSTEM_ACTING) {
      const which = { _id: id, scope: scope ?? INSTALLATION };
      const sent = await webhookDeliveries.findOneAndUpdate(which, again(now()), {
        returnDocument: "after",
      });
      if (sent === null) return undefined;
      const { endpointId, projectId } = sent;
      const facts = { deliveryId: id };
      await audit.write({ act: "webhook.resend", acting, projectId, target: endpointId, facts });
      return shownDelivery(sent);
    },

    async replay(scope, endpointId, { from, to, only, acting = SYSTEM_ACTING }) {
      const at = now();
      const span: Filter<WebhookDeliveryDocument> = {
        scope: scope ?? INSTALLATION,
        endpointId,
        createdAt: { $gte: from, $lt: to ?? at },
        // What waits is sent anyway.
        state: only === "failed" ? "failed" : { $in: ["failed", "delivered"] },
      };
      const { modifiedCount } = await webhookDeliveries.updateMany(span, again(at));
      const facts = {
        from: from.toISOString(),
        to: (to ?? at).toISOString(),
        only,
        deliveries: modifiedCount,
      };
      const projectId = scope ?? undefined;
      await audit.write({ act: "webhook.replay", acting, projectId, target: endpointId, facts });
      return modifiedCount;
    },
  };
}
