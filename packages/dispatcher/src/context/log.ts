import { codeOf, framesOf } from "./describe-error.ts";

/** Fields of a log line: ids and counts only, never a number, a spoken text or a key. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The dispatcher's log. */
export interface Log {
  info(fields: LogFields, text: string): void;
  warn(fields: LogFields, text: string): void;
  error(fields: LogFields, text: string): void;
}

/** A log whose lines carry these fields, too, such as the ids of a call. */
export function withFields(log: Log, fields: LogFields): Log {
  return {
    info: (own, text) => log.info({ ...fields, ...own }, text),
    warn: (own, text) => log.warn({ ...fields, ...own }, text),
    error: (own, text) => log.error({ ...fields, ...own }, text),
  };
}

/** What an error may say in a log line of the dispatcher: its name, its code, and the innermost place. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, code: codeOf(error), at: framesOf(error)[0]?.trim() };
}
