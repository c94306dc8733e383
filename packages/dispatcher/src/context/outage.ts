import { errorFields, type Log } from "./log.ts";

/** Log lines of an outage of one server: at its start and its end. */
export interface OutageTexts {
  away: string;
  back: string;
}

/** Whether a server can be reached, over all connections of this process to it. */
export interface Outage {
  readonly isOn: boolean;
  /** A connection, or another part that needs the server, does not reach it. */
  begin(part: object, error: unknown): void;
  /** That part reaches it again. The outage ends with the last one. */
  end(part: object): void;
  /** That part is closed. */
  forget(part: object): void;
  /** True when a line about a failure is left out during the outage; counts it then. */
  leaveOut(): boolean;
  /** A log that leaves out warnings and errors while the server is away, for what fails then for no other reason. */
  quiet(log: Log): Log;
}

/**
 * An outage that has not begun. The line at its end says how long it was, in seconds, and how many lines were left out.
 */
export function createOutage(
  log: Pick<Log, "info" | "warn">,
  texts: OutageTexts,
  elapsedMs = () => performance.now(),
): Outage {
  const away = new Set<object>();
  let since: number | undefined;
  let leftOut = 0;
  const outage: Outage = {
    get isOn() {
      return since !== undefined;
    },
    begin(part, error) {
      away.add(part);
      if (since !== undefined) return;
      since = elapsedMs();
      log.warn(errorFields(error), texts.away);
    },
    end(part) {
      if (!away.delete(part) || away.size > 0 || since === undefined) return;
      const seconds = Math.round((elapsedMs() - since) / 100) / 10;
      log.info({ seconds, ...(leftOut > 0 && { leftOut }) }, texts.back);
      [since, leftOut] = [undefined, 0];
    },
    forget(part) {
      away.delete(part);
      if (away.size === 0) [since, leftOut] = [undefined, 0];
    },
    leaveOut() {
      if (since === undefined) return false;
      leftOut += 1;
      return true;
    },
    quiet: (quieted) => ({
      info: (fields, text) => quieted.info(fields, text),
      warn: (fields, text) => void (outage.leaveOut() || quieted.warn(fields, text)),
      error: (fields, text) => void (outage.leaveOut() || quieted.error(fields, text)),
    }),
  };
  return outage;
}
