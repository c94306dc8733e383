import { z } from "zod";

/** Setting: a time in whole seconds, at least a minute. */
const seconds = (byDefault: number, description: string) =>
  z.coerce
    .number({ error: "must be a number of seconds" })
    .int({ error: "must be a whole number of seconds" })
    .min(60, { error: "must be at least 60 seconds" })
    .default(byDefault)
    .meta({ description });

/** Settings of sign-in to the dashboard. */
export const signInSettings = z.object({
  SESSION_SECONDS: seconds(43_200, "How long a session of the dashboard lasts at most"),
  SESSION_IDLE_SECONDS: seconds(14_400, "After this time without a request a session is over"),
});
