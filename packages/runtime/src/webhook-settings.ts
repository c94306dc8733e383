import { addressRange } from "@call-log/model";
import { z } from "zod";

const ERROR =
  "must be IP addresses and ranges with commas, such as 10.0.0.0/8,192.168.1.20, or be absent";

/** Settings of where webhooks may go. */
export const webhookSettings = z.object({
  WEBHOOK_ALLOWED_ADDRESSES: z
    .string()
    .transform((text) => text.split(",").flatMap((word) => word.trim() || []))
    .pipe(z.array(addressRange, { error: ERROR }).min(1, { error: ERROR }))
    .optional()
    .meta({
      description:
        "Private, loopback and link-local addresses and ranges that webhooks may go to, with commas; other addresses that are not public are refused",
    }),
});

const LOOPBACK = ["127.0.0.0/8", "::1"] as const;

/** What decides where webhooks may go. */
export interface WebhookReach {
  WEBHOOK_ALLOWED_ADDRESSES?: string[] | undefined;
  role: string;
  /** Address that the process listens on. */
  host: string | undefined;
  publicUrl: string | undefined;
}

/**
 * Addresses that webhooks may go to beside the public ones: those of the setting; without it, loopback for a standalone that listens on
 * loopback alone and has no public address, so that a developer can try webhooks without a setting.
 */
export function allowedAddresses(reach: WebhookReach): readonly string[] {
  const { WEBHOOK_ALLOWED_ADDRESSES: given, role, host, publicUrl } = reach;
  if (given !== undefined) return given;
  const isLocal = host !== undefined && /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);
  return role === "standalone" && isLocal && publicUrl === undefined ? LOOPBACK : [];
}
