import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

import { callRecord, freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { collectionsOf } from "./collections-for-tests.ts";
import { connectStore } from "./connect-store.ts";
import { isDatabaseAway } from "./database-error.ts";

/** True when the operation fails because the database is away; any other error is thrown. */
const isAway = async (operation: Promise<unknown>) => {
  try {
    await operation;
    return false;
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    return true;
  }
};

test("a port where nobody listens: away, soon", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const uri = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  await once(server, "close");
  expect(await isAway(connectStore({ uri, serverSelectionTimeoutMs: 100 }))).toBe(true);
});

test("a server that goes while the store is connected: away", async () => {
  await using database = await freshDatabase();
  await using proxy = await startProxy(database.uri);
  const store = await connectStore({ ...database, uri: proxy.uri, serverSelectionTimeoutMs: 1000 });
  await store.ping();
  await proxy.stop();
  expect(await isAway(store.ping())).toBe(true);
  expect(await isAway(store.calls.insert(callRecord()))).toBe(true);
  expect(await isAway(store.keys.authenticate("key"))).toBe(true);
  await store.close();
});

test("a server that falls silent is not waited for longer than the socket timeout", async () => {
  await using database = await freshDatabase();
  await using proxy = await startProxy(database.uri);
  const options = { uri: proxy.uri, serverSelectionTimeoutMs: 1000, socketTimeoutMs: 1000 };
  const store = await connectStore({ ...database, ...options });
  await store.ping();
  proxy.fallSilent();
  const askedAt = performance.now();
  expect(await isAway(store.calls.find("x"))).toBe(true);
  // The driver's own monitor takes more than 10 s to notice.
  expect(performance.now() - askedAt).toBeLessThan(5000);
  await store.close();
});

test("a closed store: away", async () => {
  await using database = await freshDatabase();
  const store = await connectStore(database);
  await store.close();
  expect(await isAway(store.ping())).toBe(true);
});

test("the database is that of the option, else of the address, else call-log", async () => {
  await using database = await freshEmbeddedDatabase();
  const { origin } = new URL(database.uri.replace("mongodb:", "http:"));
  const uri = origin.replace("http:", "mongodb:");
  const nameFor = async (options: { uri: string; databaseName?: string }) => {
    const store = await connectStore(options);
    await store.close();
    return collectionsOf(store).callLogs.dbName;
  };
  const { databaseName } = database;
  expect(await nameFor({ uri: `${uri}/other`, databaseName })).toBe(databaseName);
  expect(await nameFor({ uri: `${uri}/in%2Dpath?appName=x` })).toBe("in-path");
  expect(await nameFor({ uri: `${uri}/?appName=x` })).toBe("call-log");
  expect(await nameFor({ uri })).toBe("call-log");
});

/** A way to a server that can be cut, or left open without anything passing. */
async function startProxy(uri: string) {
  const target = new URL(uri.replace("mongodb:", "http:"));
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => silent || to.write(bytes));
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  const { port } = server.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    fallSilent: () => void (silent = true),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
