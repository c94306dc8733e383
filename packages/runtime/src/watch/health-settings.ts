import { type Environment, parseSettings, SettingsError, toE164 } from "@call-log/model";
import { z } from "zod";

const MIN_SECRET_BYTES = 24;
const SECRET_ERROR = `must be whsec_ and at least ${MIN_SECRET_BYTES} bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)`;

/** Settings of where call-log says that something is wrong with it, beside the log and the dashboard. */
export const healthSettings = z.object({
  HEALTH_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .optional()
    .meta({
      description: "Address that gets a signed POST when a problem begins and when it ends",
    }),
  HEALTH_WEBHOOK_SECRET: z.string().refine(isSecret, { error: SECRET_ERROR }).optional().meta({
    description: "Secret of the webhook's signature, as Standard Webhooks writes it",
  }),
  HEALTH_CALL_TO: z
    .string()
    .transform((written) => toE164(written) ?? "")
    .refine((number) => number !== "", { error: "must be a phone number such as +15550100100" })
    .optional()
    .meta({ description: "Phone number that is called when a critical problem begins" }),
  HEALTH_CALL_PROJECT: z.string().min(1).optional().meta({
    description: "Id of the project that places this call",
  }),
});

/** Settings of where problems are reported. */
export type HealthSettings = z.output<typeof healthSettings>;

/** Settings that are given together or not at all. */
const PAIRS = [
  ["HEALTH_WEBHOOK_URL", "HEALTH_WEBHOOK_SECRET"],
  ["HEALTH_CALL_TO", "HEALTH_CALL_PROJECT"],
] as const;

/** Throws a SettingsError that names every one of these settings that is bad, or missing beside another one. */
export function checkHealthSettings(environment: Environment): void {
  const settings = parseSettings(healthSettings, environment);
  const lines = PAIRS.flatMap(([first, second]) => {
    if ((settings[first] === undefined) === (settings[second] === undefined)) return [];
    const [given, missing] = settings[first] === undefined ? [second, first] : [first, second];
    return [`${missing}: must be set, since ${given} is`];
  });
  if (lines.length > 0) throw new SettingsError(lines.join("\n"));
}

function isSecret(text: string): boolean {
  const [, base64 = ""] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  return Buffer.from(base64, "base64").length >= MIN_SECRET_BYTES;
}
