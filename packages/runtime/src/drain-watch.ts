import { errorFields, type Log, type Workers } from "@call-log/dispatcher";
import type { ProcessStore } from "@call-log/store";

import type { Closable } from "./closing-stack.ts";

/** How often a worker asks whether it is to be drained, in milliseconds. */
const LOOK_MS = 2000;

/** Whose workers they are. */
export interface DrainDeps {
  store: { processes: Pick<ProcessStore, "isDraining" | "setDraining"> };
  dispatcher: { context: { workerId: string; log: Log } };
}

/** A worker process that can be drained. */
export interface DrainWatch extends Closable {
  /** Drain this process, as a signal asks for. */
  drain(): void;
}

/**
 * Drain or resume the workers of this process as the database says, so that any machine can ask for it. A drained process stays: it exits on
 * SIGTERM, since a supervisor would start one that exits by itself again at once, and that one would take jobs.
 */
export function startDrainWatch(
  { store: { processes }, dispatcher }: DrainDeps,
  workers: Pick<Workers, "setDraining">,
  everyMs = LOOK_MS,
): DrainWatch {
  const { workerId: id, log } = dispatcher.context;
  let [isDraining, isHeard, isAsked] = [false, true, false];
  const set = (wanted: boolean) => {
    if (wanted !== isDraining)
      log.info(
        {},
        wanted ? "this worker is drained: it takes no more jobs" : "this worker takes jobs again",
      );
    isDraining = wanted;
    workers.setDraining(wanted);
  };
  const look = async () => {
    try {
      // What a signal asked for is in the database, too, so that health shows it and a person can undo it.
      if (isAsked) await processes.setDraining(id, true);
      isAsked = false;
      set(await processes.isDraining(id));
      isHeard = true;
    } catch (error) {
      if (isHeard)
        log.warn(errorFields(error), "this worker could not ask whether it is to be drained");
      isHeard = false;
    }
  };
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= look().finally(() => {
      underWay = undefined;
    });
  }, everyMs);
  timer.unref();
  return {
    drain() {
      isAsked = true;
      set(true);
    },
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}
