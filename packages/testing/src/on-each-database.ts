import { type FreshDatabase, freshDatabase, freshEmbeddedDatabase } from "./fresh-database.ts";

/** Run a suite on the embedded server, and on the server of MONGODB_URI where one is set. */
export function onEachDatabase(
  suite: (server: string, fresh: () => Promise<FreshDatabase>) => void,
): void {
  suite("an embedded server", freshEmbeddedDatabase);
  if (process.env["MONGODB_URI"] !== undefined) suite("MONGODB_URI", freshDatabase);
}
