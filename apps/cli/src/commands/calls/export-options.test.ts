import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Project } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { callRecord, freshDatabase } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { cliOn, runInTest } from "../../testing/cli-on.ts";

async function cliWithCall() {
  const cli = cliOn(await freshDatabase());
  onTestFinished(() => cli[Symbol.asyncDispose]());
  const { _id: projectId } = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  const store = await connectStore({ uri: cli.mongodbUri });
  const { wakeAt: _, ...record } = callRecord({
    projectId,
    status: "Completed",
    statusMessage: "Zurück",
    incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Disk full" },
  });
  await store.calls.insert(record);
  await store.close();
  return { cli, id: record._id };
}

test("--excel begins with a byte order mark, --columns are those that were named, in their order", async () => {
  const { cli, id } = await cliWithCall();
  const columns = ["--columns", "status, _id,incident.title,toNumber"];
  const csv = ["export", "--format", "csv"];
  const output = path.join(await outputFolder(), "calls.csv");
  await cli.run([...csv, "--excel", ...columns, "--output", output]);
  expect(await readFile(output, "utf8")).toBe(
    `\uFEFFstatus,_id,incident.title,toNumber\r\nCompleted,${id},Disk full,"'+15559998888"\r\n`,
  );
  expect((await cli.run(csv)).stdout).toMatch(/^_id,createdAt,.*\r\n[^\r\n]+\r\n$/);
});

test.each([
  [["--excel"], /^call-log: --excel: goes with --format csv only/],
  [["--columns", "_id"], /^call-log: --columns: goes with --format csv only/],
  [
    ["--format", "csv", "--columns", "_id,plan"],
    /^call-log: --columns: must be names of properties/,
  ],
  [["--format", "csv", "--columns", "_id,_id"], /^call-log: --columns: must name _id once/],
])("%j → exit code 2 and one line", async (argv, line) => {
  const run = await runInTest(["export", ...argv]);
  expect(run).toEqual({ exitCode: 2, stdout: "", stderr: expect.stringMatching(line) });
});

/** An api of which only the answer to an export is there. */
async function apiAnswering(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function outputFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const CSV = { "content-type": "text/csv; charset=utf-8" };

test("with a key, the api exports, with the same options", async () => {
  const asked: unknown[] = [];
  const url = await apiAnswering(({ url: address, headers }, answer) => {
    asked.push([address, headers["apikey"]]);
    answer.writeHead(200, CSV).end("_id\r\nx\r\n");
  });
  const argv = ["export", "--api-key", "k", "--url", url, "--format", "csv"];
  const output = path.join(await outputFolder(), "calls.csv");
  const query = '{"status":"Busy"}';
  await runInTest([...argv, "--excel", "--columns", "_id", "--query", query, "--output", output]);
  expect(await readFile(output, "utf8")).toBe("_id\r\nx\r\n");
  expect(await runInTest(argv)).toEqual({ exitCode: 0, stdout: "_id\r\nx\r\n", stderr: "" });
  const parameters = new URLSearchParams({ query, columns: "_id", excel: "true" });
  expect(asked).toEqual([
    [`/export/calls.csv?${parameters.toString()}`, "k"],
    ["/export/calls.csv", "k"],
  ]);
});

test.each<[string, RequestListener, RegExp]>([
  [
    "a refusal in the api's words",
    (_, answer) => answer.writeHead(401).end('{"error":"The ApiKey is not valid."}'),
    /^call-log: The ApiKey is not valid\./,
  ],
  [
    "something else that answers",
    (_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    /^call-log: --url: nothing that speaks call-log answers there/,
  ],
  [
    "an export that breaks off",
    ({ socket }, answer) => answer.writeHead(200, CSV).write("_id\r\n", () => socket.destroy()),
    /^call-log: the export broke off; it is not whole/,
  ],
])("%s ends with exit code 1 and leaves no file", async (_, answer, line) => {
  const folder = await outputFolder();
  const url = await apiAnswering(answer);
  const output = path.join(folder, "calls.csv");
  const argv = ["export", "--api-key", "k", "--url", url, "--format", "csv", "--output", output];
  const run = await runInTest(argv);
  expect(run).toEqual({ exitCode: 1, stdout: "", stderr: expect.stringMatching(line) });
  expect(await readdir(folder)).toEqual([]);
});
