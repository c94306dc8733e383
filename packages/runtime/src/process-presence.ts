import { errorFields, type Log } from "@call-log/dispatcher";
import { providerLists, providerListsText, SIMULATED_WARNING } from "@call-log/model";
import type { ProcessInfo, ProcessStore } from "@call-log/store";

import type { Closable } from "./closing-stack.ts";

/** How often a process gives a sign of life and looks at the others, in milliseconds. */
const BEAT_MS = 15_000;

/** What presence stands on. */
export interface PresenceOptions {
  processes: Pick<ProcessStore, "announce" | "alive" | "leave">;
  info: ProcessInfo;
  log: Log;
  /** @defaultValue 15000 */
  everyMs?: number;
}

/**
 * Say that this process runs and through which provider accounts, until it is closed. Where others run with other accounts, the log says so:
 * a call that one of them takes would be placed by other rules than its request was checked by.
 */
export async function startPresence(options: PresenceOptions): Promise<Closable> {
  const { processes, info, log, everyMs = BEAT_MS } = options;
  const look = roundOf(options);
  // Who starts standalone reads the same in its welcome text.
  const say = info.role === "standalone" ? log.info.bind(log) : log.warn.bind(log);
  if (info.simulated.length > 0) say({ providers: info.simulated.join(",") }, SIMULATED_WARNING);
  // Waits for the first heartbeat, so that this process is listed right after its start, and differing settings are logged at once.
  let last = look();
  await last;
  const timer = setInterval(() => {
    last = look();
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await last;
      // It expires anyhow.
      await processes.leave(info.id).catch((error: unknown) => {
        log.warn(errorFields(error), "this process could not say goodbye");
      });
    },
  };
}

function roundOf({ processes, info, log }: PresenceOptions): () => Promise<void> {
  let isHeard = true;
  let noted = "";
  return async () => {
    try {
      await processes.announce(info);
      const lists = providerLists(await processes.alive());
      const difference = lists.length > 1 ? providerListsText(lists) : "";
      if (difference !== noted && difference !== "")
        log.warn({ lists: difference }, "processes run with different PROVIDER lists");
      if (difference !== noted && difference === "")
        log.info({}, "all processes have one PROVIDER list again");
      noted = difference;
      isHeard = true;
    } catch (error) {
      if (isHeard) log.warn(errorFields(error), "this process could not say that it runs");
      isHeard = false;
    }
  };
}
