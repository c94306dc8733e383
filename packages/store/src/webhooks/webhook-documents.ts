import type { SentWebhookDelivery, WebhookEndpoint, WebhookSecret } from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";
import type { Removable } from "../audit/delete-after-filing.ts";

/** Whose endpoints and deliveries: a project's by its id, or null for the installation's. */
export type WebhookScope = string | null;

/** An endpoint as its document holds it. */
export interface WebhookEndpointDocument extends WebhookEndpoint, CountedDocument, Removable {
  /** The project, or `installation`; who may read it follows from this alone. */
  scope: string;
  /** `notify`: no endpoint of its own, it holds the secret for the addresses that a project's requests name. */
  role: "endpoint" | "notify";
  /** The current one first. They are kept as they are, since they have to sign. */
  secrets: WebhookSecret[];
  /** Failed tries since the last success. */
  failures?: number;
}

/** A delivery as its document holds it. */
export interface WebhookDeliveryDocument extends SentWebhookDelivery {
  /** The project, or `installation`; who may read it follows from this alone. */
  scope: string;
  /** Deliveries of one lane share a bound on how many are sent at a time. */
  lane: string;
  /** Deliveries of one order are sent one after another, by their sequence. */
  order: string;
  sequence: number;
}
