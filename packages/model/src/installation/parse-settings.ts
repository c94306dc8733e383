import { z } from "zod";

/**
 * Settings that can't be used; the message has one line per problem, each naming the variable. Values are left out:
 * some are secret.
 */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Read settings from environment variables. Unset and empty are the same; the error lists all problems at once. */
export function parseSettings<S extends z.ZodType>(
  schema: S,
  environment: Environment,
): z.output<S> {
  const given = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== "",
  );
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new SettingsError(lines.join("\n"));
}

/** What each of these readers returns; throws a SettingsError with the lines of all that throw one, each line once. */
export function readTogether<T extends readonly unknown[]>(
  ...readers: { [K in keyof T]: () => T[K] }
): T {
  const lines = new Set<string>();
  const values = readers.map((read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      for (const line of error.message.split("\n")) lines.add(line);
      return undefined;
    }
  });
  if (lines.size > 0) throw new SettingsError([...lines].join("\n"));
  // Every reader has returned what it reads.
  return values as unknown as T;
}

/** Levels of the log, most severe first. */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Setting: an http or https address, kept without a slash at its end. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .transform((address) => address.replace(/\/+$/, ""));

/** Setting: an address that providers reach us at. Plain http on loopback only: callbacks carry numbers. */
export const publicAddress = webAddress.refine(
  (address) => address.startsWith("https:") || LOOPBACK.test(new URL(address).hostname),
  { error: "must be an https address; plain http is for loopback only" },
);

const RETENTION_ERROR = "must be whole days, 1 to 36500";

const retentionDays = z.coerce
  .number({ error: RETENTION_ERROR })
  .int({ error: RETENTION_ERROR })
  .min(1, { error: RETENTION_ERROR })
  .max(36_500, { error: RETENTION_ERROR });

/** Setting: how long lines of the audit trail are kept. */
export const auditRetentionDays = retentionDays.default(400).meta({
  description: "Days that a line of the audit trail is kept; counts for lines written from then on",
});

/** Setting: how long refused requests of the queue are kept. */
export const deadLetterRetentionDays = retentionDays.default(30).meta({
  description:
    "Days that a call request from the queue that was refused is kept; counts for those refused from then on",
});
