import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { CALL_STATUSES } from "@call-log/model";
import { expect, onTestFinished, test } from "vitest";

const source = await readFile(new URL("rest.ts", import.meta.url), "utf8");
const root = fileURLToPath(new URL("..", import.meta.url));

/** An api whose calls all stand like this. */
async function apiWhereAllAre(status: string): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify({ _id: "1", status }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Run the REST example on an api; as it stands, or changed. */
async function runRest(url: string, text = source) {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-example-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "rest.mts");
  await writeFile(file, text);
  const env = { ...process.env, CALL_LOG_URL: url, CALL_LOG_API_KEY: "cl_x" };
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", file], { cwd: root, env });
  return run.then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test("the REST example knows which statuses are not final", () => {
  const open = Object.entries(CALL_STATUSES).flatMap(([name, { final }]) => (final ? [] : [name]));
  const [, listed = ""] = /const OPEN = (\[.*?\]);/s.exec(source) ?? [];
  expect((JSON.parse(listed) as string[]).toSorted()).toEqual(open.toSorted());
});

test.each([
  ["Completed", 0],
  ["Failed", 1],
  ["Canceled", 1],
])("it ends with %s, whose exit code is %i", async (status, code) => {
  const run = await runRest(await apiWhereAllAre(status));
  expect(run.code).toBe(code);
  expect(run.stdout).toContain(status);
});

test("and when a call is never over", async () => {
  const short = source.replace("LONGEST_WAIT_SECONDS = 120", "LONGEST_WAIT_SECONDS = 0.1");
  const run = await runRest(await apiWhereAllAre("Unknown"), short);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("call 1 was not over in time");
});

test("no example loops until one certain status", async () => {
  for (const file of ["rest.ts", "trpc.ts", "queue.ts", "alertmanager/main.ts"]) {
    const text = await readFile(new URL(file, import.meta.url), "utf8");
    expect({ file, loops: text.match(/while \(.*(!==|===).*\)/g) }).toEqual({ file, loops: null });
  }
});
