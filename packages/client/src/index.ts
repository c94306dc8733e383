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
