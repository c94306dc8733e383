import type { Project } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("a project is paused with a reason, and resumed", async () => {
  await using cli = cliOn(await freshDatabase());
  const { _id } = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  const paused = await cli.json<Project>(["project", "pause", _id, "--reason", "a loop"]);
  expect(paused.operatorPause).toMatchObject({ reason: "a loop" });
  const resumed = await cli.json<Project>(["project", "resume", _id]);
  expect(resumed).not.toHaveProperty("operatorPause");
  expect((await cli.run(["project", "pause", _id])).stderr).toContain("--reason");
  const unknown = await cli.run(["project", "pause", crypto.randomUUID(), "--reason", "x"]);
  expect(unknown).toMatchObject({ exitCode: 1 });
});

test("a provider is paused with a reason, listed, and resumed once", async () => {
  await using cli = cliOn(await freshDatabase());
  expect((await cli.run(["provider", "list"])).stdout).toContain("no process has said yet");
  await cli.run(["provider", "pause", "twilio", "--reason", "the bill is wrong"]);
  expect(await cli.json(["provider", "list"])).toMatchObject([
    { name: "twilio", state: "paused", by: "person", reason: "the bill is wrong" },
  ]);
  expect((await cli.run(["provider", "list"])).stdout).toContain("the bill is wrong");
  expect(await cli.run(["provider", "resume", "twilio"])).toMatchObject({ exitCode: 0 });
  expect((await cli.run(["provider", "resume", "twilio"])).stderr).toContain("provider list");
  await using store = disposable(await connectStore({ uri: cli.mongodbUri }));
  const lines = await collectionsOf(store).auditLog.find({ "target.id": "twilio" }).toArray();
  const actors = lines.map(({ act, actor }) => [act, actor.kind]);
  expect(actors).toEqual(
    expect.arrayContaining([
      ["provider.pause", "command-line"],
      ["provider.resume", "command-line"],
    ]),
  );
});

test("every act on the machine is in the audit trail, by the user of the operating system", async () => {
  await using cli = cliOn(await freshDatabase());
  const { _id } = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  await cli.run(["project", "set", _id, '{"allowedCountries": ["DE"]}']);
  await cli.run(["project", "pause", _id, "--reason", "a loop"]);
  await cli.run(["project", "resume", _id]);
  await cli.run(["provider", "pause", "twilio", "--reason", "the bill is wrong"]);
  await cli.run(["provider", "resume", "twilio"]);
  const { id } = await cli.json<{ id: string }>(["key", "create", "--permission", "Operator"]);
  await cli.run(["key", "revoke", id]);
  await cli.run(["number", "lend", "+15553334444", "--all"]);
  await using store = disposable(await connectStore({ uri: cli.mongodbUri }));
  const lines = await collectionsOf(store).auditLog.find().sort({ createdAt: 1, _id: 1 }).toArray();
  expect(lines.map(({ act }) => act).toSorted()).toEqual([
    "key.create",
    "key.revoke",
    "number.lend",
    "project.create",
    "project.pause",
    "project.resume",
    "project.update",
    "provider.pause",
    "provider.resume",
  ]);
  expect(new Set(lines.map(({ actor }) => actor.kind))).toEqual(new Set(["command-line"]));
});

function disposable<T extends { close(): Promise<void> }>(resource: T) {
  return Object.assign(resource, { [Symbol.asyncDispose]: () => resource.close() });
}

test("every account is listed with its state; a name that none has is refused with those that there are", async () => {
  await using cli = cliOn(await freshDatabase());
  await using store = disposable(await connectStore({ uri: cli.mongodbUri }));
  const info = {
    id: "worker-1",
    role: "worker",
    host: "node-1",
    pid: 7,
    startedAt: new Date(),
    providers: ["twilio", "simulated-backup"],
    simulated: ["simulated-backup"],
  };
  await store.processes.announce(info);
  const typo = await cli.run(["provider", "pause", "twilo", "--reason", "the bill is wrong"]);
  expect(typo).toMatchObject({ exitCode: 1, stdout: "" });
  expect(typo.stderr).toBe("call-log: NAME: must be one of: simulated-backup, twilio\n");
  await cli.run(["provider", "pause", "twilio", "--reason", "the bill is wrong"]);
  expect(await cli.json(["provider", "list"])).toMatchObject([
    { name: "simulated-backup", state: "in use", isSimulated: true },
    { name: "twilio", state: "paused", isSimulated: false, reason: "the bill is wrong" },
  ]);
  const { stdout } = await cli.run(["provider", "list"]);
  expect(stdout).toMatch(/^simulated-backup +in use +no phone +- /m);
  // Also when nothing runs: what is to be stopped is stopped before the next start.
  await store.processes.leave("worker-1");
  expect((await cli.run(["provider", "pause", "telnyx", "--reason", "x"])).exitCode).toBe(1);
  expect(await cli.json(["provider", "list"])).toMatchObject([
    { name: "simulated-backup", state: "in use" },
    { name: "twilio", state: "paused" },
  ]);
});
