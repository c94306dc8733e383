import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { wholeInstallation } from "../../testing/whole-installation.ts";

const REACHED = "+15550100100";
const BUSY = "+15550100110";
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

let here: Awaited<ReturnType<typeof wholeInstallation>>;
let keyed: { environment: Record<string, string> };
beforeAll(async () => {
  here = await wholeInstallation();
  const { cli, environment } = here;
  const create = ["key", "create", "--permission", "Project Owner"];
  const { key } = await cli.json<{ key: string }>(create);
  keyed = { environment: { ...environment, CALL_LOG_API_KEY: key } };
});
afterAll(() => here[Symbol.asyncDispose]());

const call = (to: string, ...more: string[]) => ["dispatch", "--to", to, "--say", "Hello", ...more];

describe.each([["without a key, through the queue"], ["with a key, through the api"]])(
  "%s",
  (how) => {
    const surroundings = () =>
      how.startsWith("with a") ? keyed : { environment: here.environment };

    test("dispatch --wait ends when the call has, with 0 when somebody was reached", async () => {
      const argv = call(REACHED, "--wait", "--reached-when", "human");
      const run = await here.cli.run(["call", ...argv.slice(1)], surroundings());
      expect(run.exitCode).toBe(0);
      expect(run.stdout).toMatch(/^call \S+ Completed: Reached as requested \(1 attempt\)\n$/);
      expect(run.stderr).toMatch(/^call-log: call \S+ /m);
    });

    test("and with 3 when nobody was, after as many attempts as were asked for", async () => {
      const file = JSON.stringify({ retry: { backoff: { delaySeconds: 0 } } });
      const argv = call(
        BUSY,
        "--retry",
        "2",
        "--tag",
        "a",
        "--tag",
        "b",
        "--wait",
        "60",
        "--file",
        "-",
      );
      const run = await here.cli.run([...argv, "--json"], { ...surroundings(), stdin: [file] });
      expect(run.exitCode).toBe(3);
      const { _id, ...found } = JSON.parse(run.stdout) as { _id: string };
      expect(found).toMatchObject({ status: "Busy", attemptCount: 2 });
      expect(await here.store.calls.find(_id)).toMatchObject({ tags: ["a", "b"] });
    });

    test("and with 4 when it takes too long; show --wait goes on waiting", async () => {
      const at = "2999-01-01T00:00:00Z";
      const argv = call(REACHED, "--at", at, "--deadline", "2999-01-02T00:00:00Z");
      const run = await here.cli.run([...argv, "--wait", "1", "--json"], surroundings());
      expect(run.exitCode).toBe(4);
      const { _id, status } = JSON.parse(run.stdout) as { _id: string; status: string };
      expect(status).toBe("Scheduled");
      expect(await here.store.calls.find(_id)).toMatchObject({
        scheduledAt: new Date(at),
        deadlineAt: new Date("2999-01-02T00:00:00Z"),
      });
      const shown = await here.cli.run(["show", _id, "--wait", "1"], surroundings());
      expect(shown).toMatchObject({ exitCode: 4, stdout: expect.stringContaining("Scheduled") });
      await here.cli.run(["cancel", _id], keyed);
      const ended = await here.cli.run(["show", _id, "--wait"], surroundings());
      expect(ended).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("Canceled") });
    });

    test("a call that is not there is said at once", async () => {
      const run = await here.cli.run(["show", UNKNOWN_ID, "--wait"], surroundings());
      expect(run).toMatchObject({ exitCode: 1, stdout: "" });
      expect(run.stderr).toContain(`there is no call log ${UNKNOWN_ID}`);
    });
  },
);

test.each([
  [["--retry", "many"], /--retry: must be a number of attempts/],
  [["--retry", "0"], /--retry: /],
  [["--reached-when", "perhaps"], /--reached-when: /],
  [["--at", "tomorrow"], /--at: /],
  [["--deadline", "2001-01-01"], /--deadline: /],
  [["--wait", "0"], /--wait: must be a number of seconds, from 1 to 86400/],
])("dispatch %j names the option", async (more, line) => {
  const run = await here.cli.run(call(REACHED, ...more), keyed);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toMatch(line);
});

test("Ctrl-C ends the wait, and not the call", async () => {
  const argv = call(REACHED, "--at", "2999-01-01T00:00:00Z", "--wait");
  const running = here.cli.run(argv, { ...keyed, signal: AbortSignal.abort() });
  expect(await running).toMatchObject({
    exitCode: 4,
    stdout: expect.stringMatching(/was not over in time; it goes on\n$/),
  });
});
