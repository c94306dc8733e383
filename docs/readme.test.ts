import { expect, test } from "vitest";

import { waitFor } from "../packages/testing/src/index.ts";
import { COMMAND_LINE, startInstallation } from "./e2e/installation.ts";
import { fences, section, textOf } from "./markdown.ts";

/** Sections whose commands start a process, and so are tested elsewhere: `.ci/fresh-clone`, `container.test.ts`. */
const STARTS = ["Start", "Real calls", "Production"];

const readme = textOf("README.md");
const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
const [COUNT = ""] =
  /^curl .*\/count [^]*?\}'$/m.exec(
    fences(section(readme, "Know that the phone rang"), "sh").join("\n"),
  ) ?? [];
const [FIRST_CALL = ""] = fences(section(readme, "Place a call"), "sh").filter((block) =>
  block.includes("/api/call-log "),
);

/** The README's commands in its order, except those that start a process; then the operating guide's and the queue page's. */
function commands(): string {
  const shell = headings
    .filter((heading) => !STARTS.includes(heading))
    .flatMap((heading) => fences(section(readme, heading), "sh"));
  const operating = fences(textOf("docs/guides/operate.md"), "sh");
  const programs = fences(textOf("docs/reference/queue.md"), "js");
  const all = [
    ...shell,
    // As the page of the command line names it.
    'call-log() { npm run --silent cli -- "$@"; }',
    ...operating,
    ...programs.map((program) => `node --input-type=module -e '${program}'`),
  ];
  return all.join("\n");
}

test("the README's commands work as they stand, from top to bottom, and leave an installation that calls", async () => {
  await using installation = await startInstallation();
  const { run } = installation;

  const output = await run(`${commands()}\necho; echo "KEY=$KEY"`);
  expect(output).toContain('"status":"Queued"');
  expect(output).toContain("repeated: false");
  expect(output).toContain("jobId");
  expect(output).toMatch(/^call \S+ Completed: Reached as requested/m);
  expect(output).toContain('"attempts":[');
  expect(output).toMatch(/^status: +Canceled/m);
  expect(output).not.toContain('"error"');

  // Nothing that was set stays in the way: the page's first call ends as it did.
  const key = /^KEY=(\S+)$/m.exec(output)![1]!;
  const again = JSON.parse(await run(`KEY=${key}\n${FIRST_CALL}`)) as { _id: string };
  const shown = await run(`${COMMAND_LINE} show ${again._id} --api-key ${key} --wait 60`);
  expect(shown).toMatch(/^status: +Completed: Reached as requested$/m);
  // REST, tRPC, the queue and the command line one each, REST once more; the queue page's two programs have one idempotency key, so they are one.
  const count = () => run(`KEY=${key}\n${COUNT}`);
  await waitFor(async () => (await count()).trim() === '{"count":6}', {
    describe: "six completed calls",
  });
}, 600_000);
