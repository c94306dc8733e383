import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { waitFor } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { readStandaloneConfig } from "./config.ts";
import { heldDatabase, markInstallation, prepareDataFolder } from "./data-folder.ts";
import { openMongo } from "./mongo-server.ts";
import { standInFolder } from "./testing/stand-in-path.ts";

let standIn: Awaited<ReturnType<typeof standInFolder>>;
let folder: string;

beforeAll(async () => {
  standIn = await standInFolder();
});
afterAll(() => standIn[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "call-log-mongod-data-"));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }));
});

const inFolder = (...names: string[]) => path.join(folder, "mongod", ...names);

async function open(program: () => Promise<string | undefined> = async () => standIn.mongod) {
  await prepareDataFolder(folder);
  const server = await openMongo(readStandaloneConfig({ DATA_DIR: folder }), program);
  onTestFinished(() => server.close());
  return server;
}

function thingsOn(uri: string) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 20_000 });
  onTestFinished(() => client.close());
  return client.db("a").collection<{ _id: number }>("things");
}

/** Id of the stand-in, which it keeps beside its data. */
async function pidOf(): Promise<number> {
  return Number(await readFile(inFolder("data", "pid"), "utf8"));
}

test("a mongod on PATH keeps a new installation, behind a password, and keeps it again later", async () => {
  const first = await open();
  expect(first).toMatchObject({ label: "mongod", engine: "mongod" });
  await thingsOn(first.uri).insertOne({ _id: 1 });
  const stranger = new URL(first.uri);
  [stranger.username, stranger.password] = ["", ""];
  stranger.searchParams.delete("authSource");
  await expect(thingsOn(stranger.href).findOne()).rejects.toMatchObject({ code: 13 });
  await markInstallation(folder, "mongod");
  const mongod = await pidOf();
  await first.close();
  expect(() => process.kill(mongod, 0)).toThrow("ESRCH");

  const second = await open();
  expect(second.uri).toBe(first.uri);
  expect(await thingsOn(second.uri).find().toArray()).toEqual([{ _id: 1 }]);
  const modes = ["key", "access.json"].map(async (name) => (await stat(inFolder(name))).mode);
  expect(new Set((await Promise.all(modes)).map((mode) => mode & 0o777))).toEqual(new Set([0o600]));
});

test("one that is killed comes back with its data, at the same address", async () => {
  const { uri } = await open();
  const things = thingsOn(uri);
  await things.insertOne({ _id: 1 });
  process.kill(await pidOf(), "SIGKILL");
  const found = await waitFor(async () => things.findOne().catch(() => undefined), {
    describe: "the mongod that was killed",
  });
  expect(found).toEqual({ _id: 1 });
});

test("a start that stopped before there was a user goes on", async () => {
  await (await open()).close();
  const file = inFolder("data", "member.json");
  const { host } = JSON.parse(await readFile(file, "utf8")) as { host: string };
  await writeFile(file, JSON.stringify({ host }));
  const { uri } = await open();
  expect(await thingsOn(uri).insertOne({ _id: 1 })).toMatchObject({ insertedId: 1 });
});

test("a port that somebody else has is named", async () => {
  await (await open()).close();
  const { port } = JSON.parse(await readFile(inFolder("access.json"), "utf8")) as { port: number };
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  await expect(open()).rejects.toThrow(
    `mongod was found on PATH but did not start on port ${port}`,
  );
});

test("an installation stays with its mongod, and is not replaced by an empty one", async () => {
  await (await open()).close();
  await markInstallation(folder, "mongod");
  expect(await heldDatabase(folder)).toBe("mongod");
  await expect(open(async () => undefined)).rejects.toThrow(
    /holds the data of a mongod, but PATH has no mongod; install it$/,
  );
  await rm(inFolder("data"), { recursive: true });
  await mkdir(inFolder("data"));
  await expect(open()).rejects.toThrow("is missing or empty, but");
  expect(await readdir(inFolder("data"))).toEqual([]);
});

test("an installation of the embedded MongoDB stays there when a mongod appears, and says so", async () => {
  const first = await open(async () => undefined);
  await thingsOn(first.uri).insertOne({ _id: 1 });
  await markInstallation(folder, "embedded");
  await first.close();
  const second = await open();
  expect(second.label).toContain("the mongod on PATH is not used");
  expect(await thingsOn(second.uri).find().toArray()).toEqual([{ _id: 1 }]);
});
