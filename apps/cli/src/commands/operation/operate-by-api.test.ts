import type { Project } from "@call-log/model";
import { afterAll, beforeAll, expect, test } from "vitest";

import { runInTest } from "../../testing/cli-on.ts";
import { wholeInstallation } from "../../testing/whole-installation.ts";

let whole: Awaited<ReturnType<typeof wholeInstallation>>;
let operatorKey: string;
let ownerKey: string;
beforeAll(async () => {
  whole = await wholeInstallation();
  const { store, project } = whole;
  ({ key: operatorKey } = await store.keys.create({ permissions: ["Operator"], name: "On call" }));
  const owner = { projectId: project._id, permissions: ["Project Owner" as const] };
  ({ key: ownerKey } = await store.keys.create(owner));
});
afterAll(() => whole?.[Symbol.asyncDispose]());

/** On a machine without an installation, with this key. */
const from = (key: string, argv: string[]) =>
  runInTest(argv, {
    environment: {
      CALL_LOG_API_KEY: key,
      CALL_LOG_URL: whole.environment.CALL_LOG_URL,
      DATA_DIR: "/nonexistent",
    },
  });

async function json<T>(argv: string[]): Promise<T> {
  const { stdout, stderr } = await from(operatorKey, [...argv, "--json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

test("an operator's key is enough to pause and resume a provider", async () => {
  expect(await json(["provider", "list"])).toEqual([
    { name: "simulated", state: "in use", isSimulated: true },
  ]);
  await json(["provider", "pause", "simulated", "--reason", "Drill"]);
  expect(await json(["provider", "list"])).toMatchObject([
    { name: "simulated", state: "paused", reason: "Drill" },
  ]);
  await json(["provider", "resume", "simulated"]);
  const again = await from(operatorKey, ["provider", "resume", "simulated"]);
  expect(again.stderr).toContain("no such provider is paused");
  const unknown = await from(operatorKey, ["provider", "pause", "twilio", "--reason", "x"]);
  expect(unknown.stderr).toContain("name: must be one of: simulated");
});

test("and to make a project with its first key, to change it, to hold it and to let it go", async () => {
  const { _id } = await json<Project>(["project", "create", "--name", "New team"]);
  const create = ["key", "create", "--project", _id, "--permission", "Project Owner"];
  const { id } = await json<{ id: string }>([...create, "--name", "First"]);
  expect((await from(operatorKey, [...create, "--name", "Second"])).stderr).toContain(
    "the project has a key that may administer it",
  );
  expect(await json(["key", "list", "--project", _id])).toMatchObject([{ id, name: "First" }]);
  expect(await json(["project", "set", _id, '{"allowedCountries": ["DE"]}'])).toMatchObject({
    allowedCountries: ["DE"],
  });
  await whole.store.projects.pause(_id, "ours");
  const paused = ["project", "pause", _id, "--reason", "An alert loops"];
  expect(await json(paused)).toMatchObject({ operatorPause: { reason: "An alert loops" } });
  expect((await from(operatorKey, ["project", "resume", _id])).stdout).toBe(
    `project ${_id} resumed; its own pause holds: ours\n`,
  );
  expect(await json<Project>(["project", "show", _id])).not.toHaveProperty("operatorPause");
  expect((await from(operatorKey, ["key", "revoke", id])).exitCode).toBe(0);
  expect((await from(operatorKey, ["project", "list"])).stdout).toContain("New team");
});

test("and to lend a number and to take it back", async () => {
  const { _id } = whole.project;
  const number = "+15553334444";
  expect(await json(["number", "lend", number, "--project", _id])).toMatchObject({ lentTo: [_id] });
  expect(await json(["number", "take-back", number])).toMatchObject({ number });
  expect((await from(operatorKey, ["number", "list"])).stdout).toContain(number);
});

test("operators' keys are listed and rotated by one, a project's are not rotated", async () => {
  const list = () =>
    json<{ id: string; name: string; rotatedTo: string | null }[]>(["key", "list", "--operators"]);
  const [own, ...others] = await list();
  expect([own!.name, others]).toEqual(["On call", []]);
  const rotated = await json<{ id: string; key: string }>(["key", "rotate", own!.id]);
  expect((await list()).map(({ id, rotatedTo }) => ({ id, rotatedTo }))).toEqual([
    { id: own!.id, rotatedTo: rotated.id },
    { id: rotated.id, rotatedTo: null },
  ]);
  expect((await from(rotated.key, ["key", "list", "--operators"])).exitCode).toBe(0);
  const [ofProject] = await whole.store.keys.list(whole.project._id);
  const refused = await from(operatorKey, ["key", "rotate", ofProject!.id]);
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toContain("There is no such key");
});

test.each([
  ["provider", "pause", "simulated", "--reason", "x"],
  ["provider", "resume", "simulated"],
  ["provider", "list"],
  ["project", "list"],
  ["project", "create", "--name", "x"],
  ["key", "list", "--operators"],
  ["number", "list"],
  ["number", "lend", "+15553334444", "--all"],
  ["key", "create", "--permission", "Operator", "--name", "x"],
])("with a project's key, %s %s is refused", async (...argv) => {
  const run = await from(ownerKey, argv);
  expect(run).toMatchObject({ exitCode: 1, stdout: "" });
  expect(run.stderr).toContain("one of the permissions: Operator");
});

test("on the machine of the installation, a project's key in the environment changes nothing", async () => {
  const environment = { ...whole.environment, CALL_LOG_API_KEY: ownerKey };
  const pause = ["provider", "pause", "simulated", "--reason", "Drill"];
  expect(await whole.cli.run(pause, { environment })).toMatchObject({ exitCode: 0 });
  const resume = ["provider", "resume", "simulated"];
  const byKey = await whole.cli.run([...resume, "--api-key", ownerKey], { environment });
  expect(byKey.stderr).toContain("one of the permissions: Operator");
  expect(await whole.cli.run(resume, { environment })).toMatchObject({ exitCode: 0 });
});
