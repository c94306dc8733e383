import type { ServerCommand } from "@call-log/cli";

const CONNECTIONS = {
  MONGODB_URI: "where the record is kept, such as mongodb://127.0.0.1:27017/call-log",
  REDIS_URL: "where the queue is, such as redis://127.0.0.1:6379",
  PROVIDER: "who places the calls: simulated, twilio, telnyx",
  PUBLIC_URL: "address that the carrier sends its callbacks to",
};

/** The server processes. Each is loaded only when it is started. */
export const SERVERS: readonly ServerCommand[] = [
  {
    name: "start",
    summary: "Everything in one process: API, worker, embedded database and queue",
    settings: {
      PORT: "where it listens; 3000 by default",
      DATA_DIR: "folder of its data; .data by default",
      PROVIDER: "who places the calls; simulated by default, where no phone rings",
      PUBLIC_URL: "address that the carrier sends its callbacks to",
    },
    run: async () => (await import("@call-log/standalone")).runStandalone(),
  },
  {
    name: "api",
    summary: "API, callbacks and dashboard, on your MongoDB and Redis",
    settings: { PORT: "where it listens; 3000 by default", ...CONNECTIONS },
    run: async () => (await import("@call-log/api")).runApi(),
  },
  {
    name: "worker",
    summary: "Places the calls, on your MongoDB and Redis",
    settings: CONNECTIONS,
    run: async () => (await import("@call-log/worker")).runWorker(),
  },
];
