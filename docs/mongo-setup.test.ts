import { runInNewContext } from "node:vm";

import { beforeEach, expect, test } from "vitest";

import { textOf } from "./markdown.ts";

type Command = Record<string, unknown>;

/** A MongoDB as mongosh shows it, with what the script asks of it; a failed command throws, as in mongosh. */
class FakeMongo {
  readonly commands: [database: string, command: Command][] = [];
  initiated = false;
  users: string[] = [];
  status: Error | undefined;
  asksUntilPrimary = 2;

  database(name: string) {
    return {
      getSiblingDB: (other: string) => this.database(other),
      runCommand: (command: Command) => this.#run(name, command),
    };
  }

  #run(name: string, command: Command): Command {
    this.commands.push([name, command]);
    if ("replSetGetStatus" in command && this.status) throw this.status;
    if ("replSetInitiate" in command) this.initiated = true;
    if ("hello" in command) return { isWritablePrimary: --this.asksUntilPrimary <= 0 };
    if ("usersInfo" in command) return { users: this.users };
    return { ok: 1 };
  }

  named(name: string): Command[] {
    return this.commands.map(([, command]) => command).filter((command) => name in command);
  }
}

let mongo: FakeMongo;
let connectedTo: string;
let slept: number;

function setUp() {
  const connect = (uri: string) => {
    connectedTo = uri;
    return mongo.database("admin");
  };
  const env = { MONGO_ROOT_PASSWORD: "root/secret", MONGO_PASSWORD: "own-secret" };
  const globals = { connect, process: { env }, sleep: () => slept++, encodeURIComponent, Date };
  runInNewContext(textOf("deploy/compose/mongo-setup.js"), globals);
}

beforeEach(() => {
  mongo = new FakeMongo();
  slept = 0;
});

const notInitialized = Object.assign(new Error("no replset config"), {
  codeName: "NotYetInitialized",
});

test("a new server becomes a replica set of one and gets the user", () => {
  mongo.status = notInitialized;
  setUp();
  expect(connectedTo).toMatch(
    /^mongodb:\/\/root:root%2Fsecret@mongo:27017\/admin\?directConnection/,
  );
  expect(mongo.named("replSetInitiate")).toEqual([
    { replSetInitiate: { _id: "rs0", members: [{ _id: 0, host: "mongo:27017" }] } },
  ]);
  expect(slept).toBe(1);
  expect(mongo.commands.at(-1)).toEqual([
    "call-log",
    {
      createUser: "call-log",
      pwd: "own-secret",
      roles: [{ role: "readWrite", db: "call-log" }],
    },
  ]);
});

test("a server that has both keeps its replica set and takes the password", () => {
  mongo.users = ["call-log"];
  setUp();
  expect(mongo.named("replSetInitiate")).toEqual([]);
  expect(mongo.named("createUser")).toEqual([]);
  expect(mongo.named("updateUser")).toMatchObject([{ updateUser: "call-log", pwd: "own-secret" }]);
});

test("another failure ends it before anything is changed", () => {
  mongo.status = Object.assign(new Error("not authorized"), { codeName: "Unauthorized" });
  expect(setUp).toThrow("not authorized");
  expect(mongo.commands).toHaveLength(1);
});
