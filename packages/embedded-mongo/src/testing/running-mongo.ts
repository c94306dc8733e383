import { type Collection, type Document, MongoClient } from "mongodb";

import { type EmbeddedMongoOptions, startEmbeddedMongo } from "../embedded-mongo.ts";

/** A server with a client and one of its collections. */
export interface RunningMongo extends AsyncDisposable {
  readonly client: MongoClient;
  readonly calls: Collection<Document>;
}

/** Starts a server and connects to it. */
export async function runMongo(options: EmbeddedMongoOptions): Promise<RunningMongo> {
  const server = await startEmbeddedMongo(options);
  const client = await new MongoClient(server.uri).connect();
  return {
    client,
    calls: client.db("test").collection("calls"),
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
    },
  };
}
