import type { Log, LogFields } from "./log.ts";

/** After a line, lines of its kind are only counted for this long, in milliseconds. */
const WINDOW_MS = 1000;

/** Fields that make two lines different kinds; ids of jobs and calls do not. */
const KIND_FIELDS = ["queue", "error", "code"] as const;

/**
 * A log whose warnings and errors come at most once a second for each kind (text, queue, error, code); the next one of
 * its kind says in `leftOut` how many did not come.
 */
export function limitedLog(log: Log, elapsedMs = () => performance.now()): Log {
  const kinds = new Map<string, { writtenAt: number; leftOut: number }>();
  const limited = (level: "warn" | "error") => (fields: LogFields, text: string) => {
    const kind = JSON.stringify([level, text, ...KIND_FIELDS.map((name) => fields[name])]);
    const last = kinds.get(kind);
    const now = elapsedMs();
    if (last !== undefined && now - last.writtenAt < WINDOW_MS) {
      last.leftOut += 1;
      return;
    }
    kinds.set(kind, { writtenAt: now, leftOut: 0 });
    log[level]({ ...fields, ...(last && last.leftOut > 0 && { leftOut: last.leftOut }) }, text);
  };
  return {
    info: (fields, text) => log.info(fields, text),
    warn: limited("warn"),
    error: limited("error"),
  };
}
