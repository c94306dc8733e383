import type { Project } from "@call-log/model";
import { freshDatabase, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";
import { wholeInstallation } from "../../testing/whole-installation.ts";

// A number of the simulated provider: a person answers.
const TO = "+1-555-010-0101";
const NOBODY = "redis://127.0.0.1:1";

test("without a key, a call goes over the queue under the id that was printed, and is listed from the database", async () => {
  await using here = await wholeInstallation();
  const { cli, store, environment } = here;
  const { _id } = await cli.json<{ _id: string }>(
    ["dispatch", "--to", TO, "--say", "The disk is full."],
    { environment },
  );
  await waitFor(async () => (await store.calls.find(_id))?.status === "Completed", {
    describe: "the call",
  });
  const { stdout } = await cli.run(["list", "--status", "Completed", "--status", "Busy"], {
    environment,
  });
  expect(stdout).toMatch(new RegExp(`${_id} +\\+15550100101 +Completed`));
  expect((await cli.run(["list", "--status", "Busy"], { environment })).stdout).toBe("no calls\n");
});

test("with a key, a call goes through the api, and the same request again is the same call", async () => {
  await using here = await wholeInstallation();
  const { cli, environment } = here;
  const { key } = await cli.json<{ key: string }>([
    "key",
    "create",
    "--permission",
    "Project Owner",
  ]);
  const secret = {
    environment: { ...environment, CALL_LOG_API_KEY: key, MONGODB_URI: "mongodb://127.0.0.1:1" },
  };
  const request = JSON.stringify({
    toNumber: TO,
    say: [{ say: "From a file" }],
    tags: ["database"],
  });
  const argv = ["dispatch", "--file", "-", "--idempotency-key", "disk-1"];
  const first = await cli.json<{ _id: string; repeated: boolean }>(argv, {
    ...secret,
    stdin: [request],
  });
  const again = await cli.json<{ _id: string; repeated: boolean }>(argv, {
    ...secret,
    stdin: [request],
  });
  expect([first.repeated, again]).toEqual([false, { ...again, _id: first._id, repeated: true }]);

  const listed = await cli.json<{ count: number; data: { _id: string }[] }>(
    ["list", "--query", '{"tags":"database"}', "--limit", "1"],
    secret,
  );
  expect(listed).toMatchObject({ count: 1, data: [{ _id: first._id }] });

  const other = await cli.run([...argv, "--say", "Something else"], {
    ...secret,
    stdin: [request],
  });
  expect(other).toMatchObject({
    exitCode: 1,
    stdout: "",
    stderr: expect.stringContaining("idempotencyKey: was used before"),
  });
  const wrong = await cli.run(["list", "--api-key", "wrong"], secret);
  expect(wrong).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("The ApiKey is not valid"),
  });
});

test.each([
  [["dispatch"], 2, /--to: is missing/],
  [["dispatch", "--to", "555", "--say", "x"], 2, /--to: must be a phone number/],
  [["dispatch", "--to", TO], 2, /--say: is missing/],
  [["dispatch", "--to", TO, "--say", " "], 2, /--say: must have something that can be said/],
  [
    ["dispatch", "--to", TO, "--say", "x", "--from", "+15551112222"],
    1,
    /REDIS_URL: no Redis answers/,
  ],
  [["dispatch", "--file", "/nonexistent/x"], 1, /--file: \/nonexistent\/x can't be read: ENOENT/],
  [["dispatch", "--file", "-"], 2, /--file: is not JSON/],
  [["dispatch", "--to", TO, "--say", "x", "--api-key", "k"], 1, /--url: where is the api/],
  [
    ["dispatch", "--to", TO, "--say", "x", "--api-key", "k", "--url", "http://127.0.0.1:64999"],
    1,
    /--url: nothing that speaks call-log answers there \(ECONNREFUSED\)/,
  ],
  [["list", "--limit", "0"], 2, /--limit: must be a whole number from 1 to 100/],
  [["list", "--query", "{"], 2, /--query: is not JSON/],
  [["list", "--query", '{"color":1}'], 2, /--query: query.color: there is no "color"/],
  [["list", "--url", "nowhere"], 2, /--url: must be an http or https address/],
])("%j → exit code %i and one line that names the option", async (argv, exitCode, line) => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "Shop"]);
  const run = await cli.run(argv, { environment: { REDIS_URL: NOBODY } });
  expect(run).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(line) });
  expect(run.stderr.trimEnd()).not.toContain("\n");
});

test("a project without a number is warned that the call may need one", async () => {
  await using here = await wholeInstallation();
  const { _id } = await here.cli.json<Project>(["project", "create", "--name", "Without"]);
  const argv = ["dispatch", "--to", TO, "--say", "x", "--project", _id];
  expect(await here.cli.run(argv, here)).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining("--from is needed"),
  });
});

test("a bad request in a file is reported by its field", async () => {
  await using cli = cliOn(await freshDatabase());
  const stdin = [JSON.stringify({ toNumber: TO, say: [{ gather: { say: "x", on: {} } }] })];
  expect(await cli.run(["dispatch", "--file", "-"], { stdin })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/--file: say\.0\.gather\.on: must name at least one digit/),
  });
});
