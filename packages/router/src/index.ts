export { type AppRouter, appRouter, createCaller } from "./app-router.ts";
export { authenticate, authorize, type IdentityFor } from "./authorize.ts";
export type { KeyGuard, RouterContext, RouterServices } from "./context.ts";
export { createStreamSlots, type StreamSlots } from "./stream-slots.ts";
export { readerFor, requireAllowedQuestion } from "./masked-reader.ts";
export type { SessionView } from "./sessions-router.ts";
export type { SignInRules } from "./sign-in-rules.ts";
export { stillAllowed } from "./still-allowed.ts";
export { toCallLogError } from "./to-call-log-error.ts";
