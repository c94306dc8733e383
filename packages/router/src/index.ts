export { actingOf } from "./audit/acting.ts";
export { type AppRouter, appRouter, createCaller } from "./app-router.ts";
export type {
  AlertOfCallView,
  AlertSourceView,
  AlertSourceWithToken,
} from "./alerts/alert-source-view.ts";
export type { AlertDeliveryView } from "./alerts/alert-sources-router.ts";
export type { DryRunView } from "./alerts/dry-run.ts";
export type { AuditLineView } from "./audit/audit-router.ts";
export { authenticate, authorize, type IdentityFor } from "./access/authorize.ts";
export type { DeadLetterItem, DeadLetterView } from "./calls/dead-letters-router.ts";
export type { ErrorData, ErrorShape } from "./error-shape.ts";
export { limitedReader } from "./calls/limited-reader.ts";
export type { FollowedState } from "./calls/follow-call.ts";
export type { LiveCalls } from "./calls/live-calls.ts";
export type { KeyGuard, RouterContext, RouterServices } from "./context.ts";
export { withAudit } from "./audit/with-audit.ts";
export { createStreamSlots, type StreamSlots } from "./stream-slots.ts";
export { maskedReader, requireVisibleFields } from "./calls/masked-reader.ts";
export type { SessionView } from "./access/sessions-router.ts";
export type { SignInRules } from "./access/sign-in-rules.ts";
export type { IncidentPerson, IncidentSummary } from "./stories/incident-summary.ts";
export type { PersonSummary } from "./stories/person-summary.ts";
export type { CallSpeech } from "./calls/call-speech.ts";
export { stillAllowed } from "./access/still-allowed.ts";
export { toCallLogError } from "./to-call-log-error.ts";
