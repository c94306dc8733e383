import { type FreshDatabase, freshDatabase, freshEmbeddedDatabase } from "./fresh-database.ts";

/**
 * Run a suite on the embedded server, and on the server of MONGODB_URI where one is set; there alone with
 * GIVEN_SERVERS_ONLY=1.
 */
export function onEachDatabase(
  suite: (server: string, fresh: () => Promise<FreshDatabase>) => void,
): void {
  const isGiven = process.env["MONGODB_URI"] !== undefined;
  if (!isGiven || process.env["GIVEN_SERVERS_ONLY"] !== "1")
    suite("an embedded server", freshEmbeddedDatabase);
  if (isGiven) suite("MONGODB_URI", freshDatabase);
}
