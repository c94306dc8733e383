import { PassThrough } from "node:stream";

import { waitFor } from "@call-log/testing";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { runCli } from "../cli.ts";
import { wholeInstallation } from "../testing/whole-installation.ts";

let here: Awaited<ReturnType<typeof wholeInstallation>>;
let key: string;
beforeAll(async () => {
  here = await wholeInstallation();
  const owner = { projectId: here.project._id, permissions: ["Project Owner" as const] };
  ({ key } = await here.store.keys.create(owner));
});
afterAll(() => here[Symbol.asyncDispose]());

/** `call-log mcp` in this process, and an assistant at its streams. */
async function assistant(environment: Record<string, string>) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const written: string[] = [];
  stdout.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  stderr.resume();
  const stop = new AbortController();
  const terminal = { stdin, stdout, stderr, environment, signal: stop.signal };
  const exit = runCli(["mcp"], terminal);
  const client = new Client({ name: "test", version: "1" });
  // The same transport from the other side: it reads what the server writes.
  await client.connect(new StdioServerTransport(stdout, stdin));
  await client.listTools();
  return {
    exit,
    stdin,
    stop,
    written: () => written.join(""),
    tool: async (name: string, given: Record<string, unknown> = {}) => {
      const reply = CallToolResultSchema.parse(await client.callTool({ name, arguments: given }));
      const [first] = reply.content;
      const text = first?.type === "text" ? first.text : "";
      return { text, data: reply.structuredContent ?? {}, isError: reply.isError === true };
    },
  };
}

type Assistant = Awaited<ReturnType<typeof assistant>>;

const throughApi = () =>
  assistant({ CALL_LOG_URL: here.environment.CALL_LOG_URL, CALL_LOG_API_KEY: key });
const directly = () =>
  assistant({
    MONGODB_URI: here.cli.mongodbUri,
    REDIS_URL: here.environment.REDIS_URL,
    QUEUE_PREFIX: here.environment.QUEUE_PREFIX,
    DATA_DIR: "/nonexistent",
  });

async function placed(tool: Assistant["tool"], asked: Record<string, unknown>) {
  const dry = await tool("place_call", asked);
  expect(dry).toMatchObject({ isError: false, data: { placed: false } });
  return tool("place_call", { ...asked, confirm: dry.data["confirm"] });
}

describe.each([
  ["through the API", throughApi],
  ["directly", directly],
])("%s", (name, connect) => {
  test("a call is placed, waited for and explained", async () => {
    const { tool, stdin, exit } = await connect();
    const asked = { toNumber: "+15550100100", say: "Press 4.", acknowledgeKey: "4", purpose: name };
    const { data } = await placed(tool, asked);
    const id = String(data["id"]);
    // Through the queue, a worker has yet to make it.
    await waitFor(async () => !(await tool("explain_call", { id })).isError);
    const { data: over } = await tool("wait_for_call", { id, timeoutSeconds: 50 });
    expect(over).toMatchObject({ isOver: true, reached: "yes" });
    const { text } = await tool("explain_call", { number: "0100", label: name });
    expect(text).toMatch(/No call matches|was reached at \S+ \S+ UTC: a person pressed 4/);
    const again = await placedAgain(tool, asked);
    expect(again).toMatch(new RegExp(`${id}; its status is Completed`));
    stdin.end();
    expect(await exit).toBe(0);
  });
});

// The dry run gives no confirmation for what was placed already, where it can know.
async function placedAgain(tool: Assistant["tool"], asked: Record<string, unknown>) {
  const dry = await tool("place_call", asked);
  const { confirm } = dry.data;
  if (confirm === undefined) return dry.text;
  return (await tool("place_call", { ...asked, confirm })).text.replace(", as ", " ");
}

test("directly, what needs an API says so", async () => {
  const { tool, stop, exit } = await directly();
  for (const [name, given] of [
    ["health", {}],
    ["cancel_call", { id: "0198f2a4-4711-7000-8000-000000000001" }],
  ] as const) {
    const { text, isError } = await tool(name, given);
    expect({ name, text, isError }).toEqual({
      name,
      isError: true,
      text: "This needs a running API: set CALL_LOG_URL and CALL_LOG_API_KEY",
    });
  }
  expect((await tool("costs")).isError).toBe(false);
  stop.abort();
  expect(await exit).toBe(0);
});

test("an API that is away is an answer in words", async () => {
  const { tool, stdin, exit } = await assistant({
    CALL_LOG_URL: "http://127.0.0.1:1",
    CALL_LOG_API_KEY: "x",
  });
  const { text, isError } = await tool("health");
  expect({ text, isError }).toMatchObject({ isError: true });
  expect(text).toMatch(/nothing that speaks call-log answers there/);
  stdin.end();
  expect(await exit).toBe(0);
});

test("a wrong key is an answer in words, and standard output has the protocol alone", async () => {
  const { tool, stdin, exit, written } = await assistant({
    CALL_LOG_URL: here.environment.CALL_LOG_URL,
    CALL_LOG_API_KEY: "wrong",
  });
  expect(await tool("find_calls")).toMatchObject({
    isError: true,
    text: "The ApiKey is not valid: unknown, expired or revoked.",
  });
  stdin.end();
  await exit;
  const lines = written().trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { jsonrpc: string }).jsonrpc)).toEqual(
    lines.map(() => "2.0"),
  );
});
