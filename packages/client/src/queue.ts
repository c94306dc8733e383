export type { CallRequestInput } from "@call-log/model";
export {
  type CallProducer,
  type CallProducerOptions,
  createCallProducer,
  type QueuedRequest,
} from "./call-producer.ts";
