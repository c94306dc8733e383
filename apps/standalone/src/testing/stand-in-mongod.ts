import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { startEmbeddedMongo } from "@call-log/embedded-mongo";

import { COMMANDS } from "../../../../packages/embedded-mongo/src/command-table.ts";
import { CommandError } from "../../../../packages/embedded-mongo/src/errors.ts";

// A program that takes the options of a mongod, and is one as far as its start and its end go: a member of a replica set that has to be
// initiated, with access control once it has a user. Everything else is the embedded MongoDB. It refuses what a mongod would not take.

/** Milliseconds until the only member of a replica set is elected. */
const ELECTED_AFTER_MS = 200;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const { values: options } = parseArgs({
  options: {
    dbpath: text,
    port: text,
    bind_ip: text,
    replSet: text,
    keyFile: text,
    logpath: text,
    logappend: flag,
    nounixsocket: flag,
  },
});
const { dbpath = "", keyFile = "", logpath = "", bind_ip: host = "", replSet } = options;
const port = Number(options.port);
const self = `${host}:${port}`;

function check(isRight: boolean, problem: string): void {
  if (isRight) return;
  writeFileSync(logpath, `${problem}\n`, { flag: "a" });
  process.exit(1);
}

check(existsSync(dbpath), "dbpath does not exist");
check((statSync(keyFile).mode & 0o077) === 0, "permissions on the keyFile are too open");
check(/^[A-Za-z0-9+/=]{6,1024}$/.test(readFileSync(keyFile, "utf8")), "the keyFile is no base64");
check(host === "127.0.0.1", "listens on other interfaces");

interface Member {
  /** Address of the member in the configuration; undefined until the set is initiated. */
  host?: string;
  user?: { username: string; password: string };
}

const stateFile = path.join(dbpath, "member.json");
const member: Member = existsSync(stateFile)
  ? (JSON.parse(readFileSync(stateFile, "utf8")) as Member)
  : {};
let initiatedAt = performance.now();

function keep(changes: Member): void {
  Object.assign(member, changes);
  writeFileSync(stateFile, JSON.stringify(member));
}

// A member that does not find its own address in the configuration is never elected.
function isPrimary(): boolean {
  return member.host === self && performance.now() - initiatedAt > ELECTED_AFTER_MS;
}

function replicaSet(): object {
  if (member.host === undefined) return { isreplicaset: true };
  return { setName: replSet, hosts: [member.host], me: self, secondary: !isPrimary() };
}

const start = () =>
  startEmbeddedMongo({
    dataDir: path.join(dbpath, "documents"),
    host,
    port,
    ...(member.user && { credentials: member.user }),
  });

const commands = COMMANDS as Record<string, (typeof COMMANDS)[string]>;

for (const name of ["hello", "isMaster", "ismaster"]) {
  const greet = commands[name]!.run;
  const run: typeof greet = async (context) => {
    // Without sessions a driver sends no transaction numbers, which the embedded MongoDB refuses.
    const { logicalSessionTimeoutMinutes: _minutes, ...greeting } = (await greet(
      context,
    )) as Record<string, unknown>;
    const writable = name === "hello" ? "isWritablePrimary" : "ismaster";
    return { ...greeting, [writable]: isPrimary(), ...replicaSet() };
  };
  commands[name] = { run, fields: "any" };
}

commands["replSetInitiate"] = {
  fields: new Set(),
  run({ command }) {
    const { _id, members } = command["replSetInitiate"] as { _id: string; members: Member[] };
    if (member.host !== undefined) throw new CommandError(23, "already initialized");
    if (_id !== replSet || members[0]?.host !== self) throw new CommandError(93, "invalid set");
    keep({ host: self });
    initiatedAt = performance.now();
    return {};
  },
};

commands["createUser"] = {
  fields: new Set(["pwd", "roles"]),
  run({ command }) {
    if (!isPrimary()) throw new CommandError(10_107, "not primary");
    const user = { username: command["createUser"] as string, password: command["pwd"] as string };
    keep({ user });
    // From now on clients have to sign in.
    setImmediate(() => void restart());
    return {};
  },
};

commands["shutdown"] = {
  fields: new Set(["force"]),
  async run({ command }) {
    if (command["force"] !== true) throw new CommandError(262, "no electable secondaries");
    setImmediate(() => void server.close().then(() => process.exit(0)));
    return {};
  },
};

async function restart(): Promise<void> {
  await server.close();
  server = await start();
}

let server = await start();
writeFileSync(path.join(dbpath, "pid"), String(process.pid));
