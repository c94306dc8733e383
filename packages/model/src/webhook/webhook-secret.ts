import { z } from "zod";

const PREFIX = "whsec_";
/** Bytes of a secret, as Standard Webhooks bounds them. */
export const WEBHOOK_SECRET_BYTES = { min: 24, max: 64 } as const;

/** True for `whsec_` and the Base64 of 24 to 64 bytes. */
export function isWebhookSecret(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const base64 = text.slice(PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return false;
  const padding = base64.length - base64.replace(/=+$/, "").length;
  const bytes = (base64.length / 4) * 3 - padding;
  return bytes >= WEBHOOK_SECRET_BYTES.min && bytes <= WEBHOOK_SECRET_BYTES.max;
}

/** A secret that webhooks are signed with. */
export const webhookSecret = z
  .string({ error: "must be text" })
  .refine(isWebhookSecret, {
    error: `must be ${PREFIX} and the Base64 of ${WEBHOOK_SECRET_BYTES.min} to ${WEBHOOK_SECRET_BYTES.max} bytes`,
  })
  .meta({ description: "Secret to sign with, as Standard Webhooks writes it", format: "password" });
