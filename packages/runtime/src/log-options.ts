import { describeError } from "@call-log/dispatcher";
import type { LoggerOptions } from "pino";

/** Said where a library would have logged the text of an error. */
const NO_TEXT = "an error";

/** Whether a line about an error of this name is left out. */
export type LeaveOut = (errorName: string) => boolean;

/** Options of every logger: of an error it writes name, code and stack frames, never its text. */
export function logOptions(level: string, leaveOut: LeaveOut = () => false) {
  return {
    level,
    hooks: {
      logMethod(args, method) {
        const errorName = errorNameIn(args[0]);
        if (errorName !== undefined && leaveOut(errorName)) return;
        method.apply(this, withoutTexts(args) as typeof args);
      },
    },
  } satisfies LoggerOptions;
}

/** The name of the error that a line is about: an error, one under `err`, or a name under `error` as the dispatcher writes it. */
function errorNameIn(first: unknown): string | undefined {
  if (first instanceof Error) return first.name;
  if (typeof first !== "object" || first === null) return undefined;
  const { err, error } = first as { err?: unknown; error?: unknown };
  if (err instanceof Error) return err.name;
  return typeof error === "string" ? error : undefined;
}

function withoutTexts([first, ...rest]: readonly unknown[]): unknown[] {
  const fields = first instanceof Error ? { err: first } : first;
  if (typeof fields !== "object" || fields === null) return [first, ...rest];
  const errors = Object.entries(fields).filter(
    (entry): entry is [string, Error] => entry[1] instanceof Error,
  );
  if (errors.length === 0) return [first, ...rest];
  const described = errors.map(([name, error]) => [name, describeError(error)] as const);
  // Where there is no text of its own, pino and its users take the error's.
  const [text = NO_TEXT, ...more] = rest;
  const isErrors = errors.some(([, error]) => error.message === text);
  return [{ ...fields, ...Object.fromEntries(described) }, isErrors ? NO_TEXT : text, ...more];
}
