import Fastify from "fastify";
import { MongoClient } from "mongodb";

import { type Calls, type DriverQuery, listByDriver } from "./read-by-driver.ts";

// The least server that answers: Fastify, and what is asked for handed to the driver, with no check. Arguments: address of the database, port.
const [uri, port] = process.argv.slice(2);
const client = new MongoClient(uri!);
const calls: Calls = client.db().collection("callLogs");
const server = Fastify();

server.post<{ Body: DriverQuery }>("/list", ({ body }) => listByDriver(calls, body));
server.post<{ Body: DriverQuery }>("/item", ({ body: { filter, projection } }) =>
  calls.findOne(filter, { projection }),
);
server.post<{ Body: DriverQuery }>("/count", async ({ body: { filter } }) => ({
  count: await calls.countDocuments(filter),
}));

await server.listen({ port: Number(port), host: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
