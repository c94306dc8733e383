import type { Redis } from "ioredis";

import type { Log } from "../context/log.ts";

const POLICY = /^maxmemory_policy:(.*?)\r?\n/m;
/** With any other policy, a Redis that is full deletes jobs. */
const RIGHT = "noeviction";

/**
 * Have the log say that Redis may delete what the queues hold. BullMQ says so itself, in plain text and once for each connection, so its look at the
 * server's policy finds nothing.
 */
export function watchEviction<R extends Pick<Redis, "info">>(connection: R, log: Log): R {
  const info = connection.info.bind(connection) as (...sections: string[]) => Promise<string>;
  connection.info = (async (...sections: string[]) => {
    const text = await info(...sections);
    const policy = POLICY.exec(text)?.[1];
    if (policy !== undefined && policy !== RIGHT)
      log.warn({ policy }, "Redis may delete jobs: set its maxmemory-policy to noeviction");
    return text.replace(POLICY, "");
  }) as R["info"];
  return connection;
}
