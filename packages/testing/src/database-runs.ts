import { IS_SECANTUS } from "./test-server-faults.ts";

/**
 * How often a property over a database is tried: as often as given on the embedded server and on MongoDB, a quarter of it on the
 * SecantusDB of CI, where a command takes some ten times as long. There it shows that a server of another make answers alike;
 * histories are explored on the others.
 */
export function databaseRuns(count: number): number {
  return IS_SECANTUS ? Math.ceil(count / 4) : count;
}
