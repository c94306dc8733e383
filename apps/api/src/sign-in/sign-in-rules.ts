import type { SignInRules } from "@call-log/router";
import type { signInSettings } from "@call-log/runtime";
import type { z } from "zod";

/** The settings of sign-in, by the names of their environment variables. */
export type SignInConfig = z.output<typeof signInSettings>;

/** How people come into the dashboard by these settings. */
export function signInRules(config: SignInConfig): SignInRules {
  const life = { seconds: config.SESSION_SECONDS, idleSeconds: config.SESSION_IDLE_SECONDS };
  return { life, withApiKey: true };
}
