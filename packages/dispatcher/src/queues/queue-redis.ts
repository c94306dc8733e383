import { Redis, type RedisOptions } from "ioredis";

import type { RedisWatch } from "./redis-watch.ts";

const POLICY = /^maxmemory_policy:(.*?)\r?\n/m;
/** With any other policy, a full Redis deletes jobs. */
const SAFE_POLICY = "noeviction";

/** A connection to the Redis of the queues. It ends together with the connections that BullMQ makes of it. */
export class QueueRedis extends Redis {
  readonly #place: { url: string; settings: RedisOptions; watch: RedisWatch };
  readonly #duplicates: QueueRedis[] = [];

  constructor(url: string, settings: RedisOptions, watch: RedisWatch) {
    super(url, settings);
    this.#place = { url, settings, watch };
    this.#report(watch);
  }

  #report({ outage }: RedisWatch): void {
    // Until it was ready once, its callers get the error and report it.
    let wasReady = false;
    this.on("error", (error: unknown) => {
      if (wasReady) outage.begin(this, error);
    });
    this.on("ready", () => {
      wasReady = true;
      outage.end(this);
    });
    this.on("end", () => outage.forget(this));
  }

  /** BullMQ reads the eviction policy here, and prints a warning for each connection. The log gets one instead. */
  override async info(...sections: unknown[]): Promise<string> {
    const { text, evicts } = withoutPolicy(await super.info(...(sections as string[])));
    this.#place.watch.notePolicy(evicts);
    return text;
  }

  override duplicate(override: Partial<RedisOptions> = {}): QueueRedis {
    const { url, settings, watch } = this.#place;
    const made = new QueueRedis(url, { ...settings, ...override }, watch);
    this.#duplicates.push(made);
    return made;
  }

  /** Ends this connection and all that were made of it, without waiting for Redis. */
  disconnectAll(): void {
    this.disconnect();
    for (const one of this.#duplicates) one.disconnectAll();
  }
}

/** The answer to INFO without its eviction policy, and that policy where it lets Redis delete jobs. */
export function withoutPolicy(info: string): { text: string; evicts: string | undefined } {
  const policy = POLICY.exec(info)?.[1];
  return {
    text: info.replace(POLICY, ""),
    evicts: policy === SAFE_POLICY ? undefined : policy,
  };
}
