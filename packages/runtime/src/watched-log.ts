import { createOutage, type Outage } from "@call-log/dispatcher";
import type { OnReach } from "@call-log/store";

import { createLogger, type Logger, type LoggerOptions } from "./logger.ts";

/** The log of a process, and what it says when its database is away. */
export interface WatchedLog {
  log: Logger;
  mongodb: Outage;
}

/** Has an outage begin and end as the database is lost and reached again. */
export function watchOutage(mongodb: Outage): OnReach {
  return (isReachable, error) =>
    isReachable ? mongodb.end(mongodb) : mongodb.begin(mongodb, error);
}

/** A log that leaves out the errors of a database that is known to be away: every request and every round of work would have one. */
export function watchedLog(options: Omit<LoggerOptions, "leaveOut">): WatchedLog {
  const isOfDatabase = (errorName: string) => errorName.startsWith("Mongo");
  const leaveOut = (errorName: string) => isOfDatabase(errorName) && mongodb.leaveOut();
  const log = createLogger({ ...options, leaveOut });
  // Its own lines name an error of the database, too: they are written to a log that leaves out none.
  const mongodb = createOutage(createLogger(options), {
    away: "MongoDB is away",
    back: "MongoDB is back",
  });
  return { log, mongodb };
}
