import { afterAll, beforeAll, expect, test } from "vitest";

import { COMMAND_LINE, type Installation, startInstallation } from "../../docs/e2e/installation.ts";

const REACHED = "+15550100100";
/** Refused by the carrier, so it is not tried again. */
const REFUSED = "+15550100120";

let installation: Installation;
let key = "";
beforeAll(async () => {
  installation = await startInstallation();
  const create = `${COMMAND_LINE} key create --permission "Project Owner"`;
  key = (await installation.run(create)).trim();
});
afterAll(() => installation[Symbol.asyncDispose]());

/** Run the script as cron would; its exit code and what it printed. */
const backup = (command: string, to: string, day = "2026-11-26") =>
  installation.run(
    `uname() { echo shop-1; }; date() { echo ${day}; }; export -f uname date
     bash examples/backup/backup-or-call.sh ${command} 2>&1 && echo "exit 0" || echo "exit $?"`,
    {
      CALL_LOG: COMMAND_LINE,
      CALL_LOG_API_KEY: key,
      ON_CALL_NUMBER: to,
    },
  );

const placed = async () =>
  JSON.parse(await installation.run(`${COMMAND_LINE} list --json`, { CALL_LOG_API_KEY: key })) as {
    data: { status: string }[];
  };

test("a backup that succeeds calls nobody; one that fails calls once a day, and keeps its exit code", async () => {
  expect(await backup("true", REACHED)).toBe("exit 0\n");
  expect((await placed()).data).toEqual([]);
  const failed = await backup("sh -c 'exit 7'", REACHED);
  expect(failed).toMatch(/call \S+ Completed: Reached as requested[^]*exit 7\n$/);
  expect(await backup("false", REACHED)).toMatch(/as asked before[^]*exit 1\n$/);
  expect((await placed()).data).toHaveLength(1);
});

test("it says when nobody was reached", async () => {
  const unheard = await backup("false", REFUSED, "2026-11-27");
  expect(unheard).toMatch(/Failed[^]*backup: nobody was reached\nexit 1\n$/);
});
