export { MAX_REQUESTS, parseCallRequest, type Acceptance } from "./accept-call.ts";
export type { CallRef } from "./cancel-call.ts";
export type { CallbackUrlsFor, DispatchContext, Outbox } from "./dispatch-context.ts";
export { createDispatcher, type Dispatcher, type DispatcherOptions } from "./dispatcher.ts";
export { dispatcherSettings, type DispatcherSettings } from "./dispatcher-settings.ts";
export type { Log, LogFields } from "./log.ts";
export { createQueues, type Queues, type QueuesOptions } from "./queues.ts";
export { TALLY_NAMES, type Tally, type TallyName } from "./tally.ts";
export { startWorkers } from "./workers.ts";
