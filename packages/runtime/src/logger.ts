import { pino, type DestinationStream, type Logger } from "pino";

import { type LeaveOut, logOptions } from "./log-options.ts";

export type { Logger };

/** Which process logs, how much, and where to. */
export interface LoggerOptions {
  /** What the process is: `api`, `worker` or `standalone`. */
  role: string;
  /** One of `LOG_LEVELS`. */
  level: string;
  /** @defaultValue standard error: standard output is for what people and programs read */
  to?: DestinationStream | undefined;
  /** Fields of what runs at the moment, such as the ids of its trace. @defaultValue none */
  fieldsOf?: (() => object) | undefined;
  /** @defaultValue none is */
  leaveOut?: LeaveOut | undefined;
}

/** The one log of a process: JSON lines. A line is written before the call returns, so that the last ones of a process that dies are there. */
export function createLogger({ role, level, to, fieldsOf, leaveOut }: LoggerOptions): Logger {
  const options = {
    ...logOptions(level, leaveOut),
    name: `call-log-${role}`,
    ...(fieldsOf !== undefined && { mixin: fieldsOf }),
  };
  return pino(options, to ?? pino.destination(2));
}
