export type { CallLogView, CallRequestInput } from "@call-log/model";
export type { AppRouter, ErrorData } from "@call-log/router";
export {
  type CallLogClient,
  type CallLogClientOptions,
  type CallLogInputs,
  type CallLogOutputs,
  createCallLogClient,
} from "./call-log-client.ts";
export {
  CallNotOverError,
  FOLLOWED_FIELDS,
  type FollowedCall,
  untilOver,
  waitForEnd,
  type WaitOptions,
} from "./wait-for-end.ts";
