import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import {
  COMPRESSED_TIME,
  FROM_SOURCE,
  freshFolder,
  startProcess,
} from "../apps/standalone/e2e/standalone-process.ts";
import { waitFor } from "../packages/testing/src/index.ts";
import { fences, root, section, textOf } from "./markdown.ts";

const COUNT_OF_COMPLETED = fences(section(textOf("README.md"), "Read it back"), "sh")
  .join("\n")
  .split("\n")
  .find((line) => line.includes("/count"))!;

// The command line would go to the server that other suites are told to use.
const { MONGODB_URI: _other, ...environment } = process.env;

/** The README's commands from a heading, and the queue page's programs as commands. */
function commands(): string {
  const readme = textOf("README.md");
  const shell = ["Place a call", "Read it back"].flatMap((heading) =>
    fences(section(readme, heading), "sh"),
  );
  const programs = fences(textOf("docs/reference/queue.md"), "js");
  return [...shell, ...programs.map((program) => `node --input-type=module -e '${program}'`)].join(
    "\n",
  );
}

test("the README's commands and the queue page's programs work as they stand", async () => {
  await using folder = await freshFolder();
  await using standalone = startProcess(folder.path, COMPRESSED_TIME);
  const { url, redisUrl } = await standalone.ready();

  async function run(script: string): Promise<string> {
    const here = script
      .replaceAll("npm run --silent cli --", "node apps/cli/src/main.ts")
      .replaceAll("http://127.0.0.1:3000", url)
      .replaceAll("./.data/", `${folder.path}/`);
    const { stdout } = await promisify(execFile)("bash", ["-euc", here], {
      cwd: root,
      env: {
        ...environment,
        NODE_OPTIONS: FROM_SOURCE.join(" "),
        DATA_DIR: folder.path,
        REDIS_URL: redisUrl,
      },
    });
    return stdout;
  }

  const output = await run(`${commands()}\necho; echo "KEY=$KEY"`);
  expect(output).toContain('"status":"Queued"');
  expect(output).toContain("repeated: false");
  expect(output).toContain("jobId");
  expect(output).toContain('"attempts":[{');
  expect(output).not.toContain('"error"');

  const key = /^KEY=(\S+)$/m.exec(output)![1]!;
  const completed = () => run(`KEY=${key}\n${COUNT_OF_COMPLETED}`);
  // REST, tRPC and the queue one each; the queue page's two programs have one idempotency key, so they are one.
  await waitFor(async () => (await completed()).trim() === '{"count":4}', {
    timeoutMs: 30_000,
    describe: "four completed calls",
  });
  const all = await run(
    `KEY=${key}\n${COUNT_OF_COMPLETED.replace('{"status": "Completed"}', "{}")}`,
  );
  expect(all.trim()).toBe('{"count":4}');
}, 90_000);
