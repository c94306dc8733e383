import type { MongoClient } from "mongodb";

/** Called when the database that could be reached no longer takes writes, with the reason, and when it does again. */
export type OnReach = (isReachable: boolean, error?: Error) => void;

/** Report when a client loses every server that takes writes, and when it has one again. */
export function watchReach(client: MongoClient, onReach: OnReach): void {
  let isReachable: boolean | undefined;
  client.on("topologyDescriptionChanged", ({ newDescription }) => {
    const servers = [...newDescription.servers.values()];
    const takesWrites = servers.some(({ isWritable }) => isWritable);
    // Until it was reached once, its callers get the error and report it. A client that closes has no servers.
    const isNews = takesWrites ? isReachable === false : isReachable === true && servers.length > 0;
    if (takesWrites || isNews) isReachable = takesWrites;
    if (isNews)
      onReach(takesWrites, servers.find(({ error }) => error !== null)?.error ?? undefined);
  });
}
