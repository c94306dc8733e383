export type { CallRequestInput } from "@call-log/model";
export {
  type CallLogClient,
  type CallLogClientOptions,
  createCallLogClient,
} from "./call-log-client.ts";
export {
  type CallProducer,
  type CallProducerOptions,
  createCallProducer,
  type QueuedRequest,
} from "./call-producer.ts";
export {
  CallNotOverError,
  type FollowedCall,
  untilOver,
  waitForEnd,
  type WaitOptions,
} from "./wait-for-end.ts";
