import { exec } from "node:child_process";
import { chmod, readdir, stat } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { waitFor } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { expect, test } from "vitest";

import { freshFolder, pathWithoutRedis, startProcess } from "./standalone-process.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const key = "bootstrap-key-of-the-test";

/** Run a line as it was printed, in the checkout, without a build. */
async function runAsPrinted(line: string, settings: object = {}): Promise<string> {
  const env = { ...process.env, ...settings, NODE_OPTIONS: "--import tsx --conditions=source" };
  const { stdout } = await promisify(exec)(line, { cwd: root, env });
  return stdout;
}

function printedLines(output: string): Record<"curl" | "trpc" | "queue" | "list", string> {
  const lines = output.split("\n").map((line) => line.trim());
  const after = (title: string) => lines[lines.indexOf(title) + 1]!;
  return {
    curl: after("# REST"),
    trpc: after("# tRPC"),
    queue: after("# queue (BullMQ)"),
    list: lines.find((line) => line.includes("get-list"))!,
  };
}

test("the printed commands work by each transport, and the calls are read back", async () => {
  await using folder = await freshFolder();
  await using standalone = startProcess(folder.path, { SIMULATED_SPEED: "100" });
  const { url, mongodbUri } = await standalone.ready();
  const { curl, trpc, queue, list } = printedLines(standalone.output());
  expect(standalone.output()).not.toContain("redis://");
  const [made] = /cl_[\w-]{43}/.exec(standalone.output())!;
  const keyed = { CALL_LOG_API_KEY: made };

  const answer = JSON.parse(await runAsPrinted(curl, keyed)) as { _id: string; status: string };
  expect(answer).toEqual({ _id: expect.any(String), status: "Queued" });
  expect(await runAsPrinted(trpc, keyed)).toContain("repeated: false");
  expect(await runAsPrinted(queue)).toContain("jobId");

  const calls = await waitFor(
    async () => {
      const { data } = JSON.parse(await runAsPrinted(list, keyed)) as {
        data: { status: string }[];
      };
      return data.length === 3 && data.every(({ status }) => status === "Completed") && data;
    },
    { describe: "three completed calls" },
  );
  expect(calls.every(({ status }) => status === "Completed")).toBe(true);

  // The same call, read from the database itself.
  const client = new MongoClient(mongodbUri);
  const stored = await client
    .db("call-log")
    .collection<{ _id: string; status: string }>("callLogs")
    .findOne({ _id: answer._id });
  await client.close();
  expect(stored?.status).toBe("Completed");
  const { host } = new URL(mongodbUri);
  const stranger = new MongoClient(`mongodb://${host}/?directConnection=true`);
  await expect(stranger.db("call-log").collection("settings").findOne()).rejects.toMatchObject({
    code: 13,
  });
  await stranger.close();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

test("a second start keeps the data and the key", async () => {
  await using folder = await freshFolder();
  const settings = { BOOTSTRAP_API_KEY: key, PATH: pathWithoutRedis() };
  const first = startProcess(folder.path, settings);
  const { url } = await first.ready();
  expect(first.output()).toContain("the one of BOOTSTRAP_API_KEY");
  expect(first.output()).toContain("embedded, in memory");
  const file = await stat(path.join(folder.path, "standalone.json"));
  expect(file.mode & 0o777).toBe(0o600);
  await request(url, "/api/call-log", { toNumber: "+15550100100", say: "Hello" });
  expect(await first.end("SIGINT")).toBe(0);
  expect(first.output() + first.errors()).not.toContain(key);

  // As an earlier release, or a copy from a backup, may have left them.
  await chmod(folder.path, 0o755);
  await chmod(path.join(folder.path, "mongo", "data.mdb"), 0o644);
  const { BOOTSTRAP_API_KEY: _key, ...withoutKey } = settings;
  await using second = startProcess(folder.path, withoutKey);
  const again = await second.ready();
  expect(second.output()).not.toContain(key);
  expect(await request(again.url, "/api/call-log/count", {})).toEqual({ count: 1 });
  expect(await modesIn(folder.path)).toEqual(["600", "700"]);
});

test("a start with another SECRET_KEY is refused in a line, and a change of it is not", async () => {
  await using folder = await freshFolder();
  const [first, second] = [1, 2].map((n) => `secret number ${n} of the installation, 0123456789`);
  const once = startProcess(folder.path, { SECRET_KEY: first! });
  await once.ready();
  expect(await once.end("SIGINT")).toBe(0);
  for (const [settings, text] of [
    [{}, "must be set, since this installation has one"],
    [{ SECRET_KEY: second! }, "is not the one of this installation"],
  ] as const) {
    const refused = startProcess(folder.path, settings);
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toMatch(new RegExp(`^call-log: SECRET_KEY: ${text}[^\\n]*\\n$`));
    expect(refused.errors()).not.toContain("number");
  }
  const change = { SECRET_KEY: second!, SECRET_KEY_PREVIOUS: first! };
  await using changed = startProcess(folder.path, change);
  await changed.ready();
  expect(changed.output() + changed.errors()).not.toContain("secret number");
});

test("a second process on the same folder is refused in a line", async () => {
  await using folder = await freshFolder();
  await using first = startProcess(folder.path);
  await first.ready();
  const second = startProcess(folder.path);
  expect(await second.ended).toBe(1);
  expect(second.errors()).toMatch(/^call-log: DATA_DIR: .*\n$/);
  expect(second.errors()).toMatch(/in use/);
});

test("a taken port is said in a line", async () => {
  await using folder = await freshFolder();
  const blocker = createServer().listen(0, "127.0.0.1");
  await waitFor(() => blocker.listening);
  const { port } = blocker.address() as AddressInfo;
  const standalone = startProcess(folder.path, { PORT: String(port) });
  expect(await standalone.ended).toBe(1);
  expect(standalone.errors()).toBe(
    `call-log: PORT: ${port} is taken; set another one, such as PORT=${port + 1}\n`,
  );
  blocker.close();
});

test("a key that is made is printed at the first start only", async () => {
  await using folder = await freshFolder();
  const first = startProcess(folder.path);
  await first.ready();
  const [made] = /cl_[\w-]{43}/.exec(first.output())!;
  expect(await first.end("SIGINT")).toBe(0);
  await using second = startProcess(folder.path);
  await second.ready();
  expect(second.output()).not.toContain(made);
  expect(second.output()).toContain("as before");
});

test("with a key of one's own, the printed lines work where its variable is set", async () => {
  await using folder = await freshFolder();
  const settings = { SIMULATED_SPEED: "100", BOOTSTRAP_API_KEY: key };
  await using standalone = startProcess(folder.path, settings);
  await standalone.ready();
  const { curl, trpc, list } = printedLines(standalone.output());
  const exported = standalone
    .output()
    .split("\n")
    .find((line) => line.includes("  export "))!;
  const after = (line: string) => runAsPrinted(`${exported}\n${line}`, settings);
  const answer: unknown = JSON.parse(await after(curl));
  expect(answer).toMatchObject({ status: "Queued" });
  expect(await after(trpc)).toContain("repeated: false");
  expect(JSON.parse(await after(list))).toMatchObject({ count: 2 });
});

test.each([
  [
    { BOOTSTRAP_API_KEY: "password" },
    "call-log: BOOTSTRAP_API_KEY: must have at least 24 characters; make one with: openssl rand -base64 24\n",
  ],
  [
    { SECRET_KEY: "password" },
    "call-log: SECRET_KEY: must have at least 32 characters, 8 of them different; make one with: openssl rand -base64 32\n",
  ],
  [{ PORT: "banana" }, "call-log: PORT: must be a port number, 0 to 65535\n"],
  [{ SIMULATED_SPEED: "-1" }, "call-log: SIMULATED_SPEED: must be a number above 0\n"],
  [
    { MONGODB_URI: "postgres://x" },
    "call-log: MONGODB_URI: must start with mongodb:// or mongodb+srv://\n",
  ],
  [
    { MONGODB_URI: "mongodb://127.0.0.1:1" },
    "call-log: MONGODB_URI: no MongoDB server answers there\n",
  ],
  [{ REDIS_URL: "redis://127.0.0.1:1" }, "call-log: REDIS_URL: no Redis server answers there\n"],
  [
    { PROVIDER_TIMEOUT_SECONDS: "60" },
    "call-log: CLAIM_DEADLINE_SECONDS: must be more than PROVIDER_TIMEOUT_SECONDS\n",
  ],
])("%o can't be used, and that is said in a line", async (settings, line) => {
  await using folder = await freshFolder();
  const standalone = startProcess(folder.path, settings as Record<string, string>);
  expect(await standalone.ended).toBe(1);
  expect(standalone.errors()).toBe(line);
});

/** The modes of a folder and of all that is in it, each once. */
async function modesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(["", ...names].map((name) => stat(path.join(folder, name))));
  return [...new Set(found.map(({ mode }) => (mode & 0o777).toString(8)))].toSorted();
}

async function request(url: string, route: string, body: object): Promise<unknown> {
  const response = await fetch(url + route, {
    method: "POST",
    headers: { ApiKey: key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}
