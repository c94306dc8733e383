import type { DependentProcess } from "./dependent-process.ts";

/** A process that ran this long, in milliseconds, counts as one that started well. */
const RAN_WELL_MS = 10_000;
/** Milliseconds until a process that ended is started again; doubled each time, up to the longest. */
const [RESTART_AFTER_MS, LONGEST_RESTART_MS] = [100, 5000];

/** Start a process again whenever it ends, until it is released; `release` returns the last one that was started. */
export function keepRunning(first: DependentProcess, start: () => DependentProcess) {
  let child = first;
  let timer: NodeJS.Timeout | undefined;
  let isKept = true;
  let failures = 0;
  const watch = () => {
    const startedAt = performance.now();
    child.shell.once("exit", () => {
      if (!isKept) return;
      failures = performance.now() - startedAt > RAN_WELL_MS ? 0 : failures + 1;
      timer = setTimeout(again, Math.min(LONGEST_RESTART_MS, RESTART_AFTER_MS * 2 ** failures));
    });
  };
  const again = () => {
    child = start();
    watch();
  };
  watch();
  return {
    release() {
      isKept = false;
      clearTimeout(timer);
      return child;
    },
  };
}
