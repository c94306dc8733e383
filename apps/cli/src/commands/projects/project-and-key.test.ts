import type { Project } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("a project is created, listed, and can't be created twice", async () => {
  await using cli = cliOn(await freshDatabase());
  const id = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
  const create = ["project", "create", "--name", "Shop", "--id", id];
  const created = await cli.json<Project>([
    ...create,
    "--from-number",
    "+1-555-111-2222",
    "--from-number",
    "+491511234567",
  ]);
  expect(created).toMatchObject({ _id: id, fromNumbers: ["+15551112222", "+491511234567"] });

  const again = await cli.run(create);
  expect(again).toMatchObject({ exitCode: 1, stdout: "" });
  expect(again.stderr).toBe(`call-log: project ${id} exists already\n`);

  const { stdout } = await cli.run(["project", "list"]);
  expect(stdout).toContain(id);
  expect(stdout).toContain("+15551112222 +491511234567");
});

test("a created key is printed alone, works, is listed without it, and is worth nothing once revoked", async () => {
  await using cli = cliOn(await freshDatabase());
  const { _id } = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  const created = await cli.run([
    "key",
    "create",
    "--permission",
    "Read Call Log",
    "--permission",
    "Dispatch Call",
    "--name",
    "Pager",
  ]);
  const key = created.stdout.trim();
  expect(created.exitCode).toBe(0);
  expect(created.stdout).toMatch(/^cl_\S{43}\n$/);
  expect(created.stderr).toContain("shown only now");

  let elapsed = 0;
  const elapsedMs = () => (elapsed += 1000);
  await using store = disposable(await connectStore({ uri: cli.mongodbUri, elapsedMs }));
  const permissions = ["Read Call Log", "Dispatch Call"];
  expect(await store.keys.authenticate(key)).toMatchObject({ projectId: _id, permissions });

  const [listed] = await cli.json<{ id: string }[]>(["key", "list", "--project", _id]);
  expect(listed).toMatchObject({ name: "Pager", permissions });
  expect(JSON.stringify(listed)).not.toContain(key);

  expect((await cli.run(["key", "revoke", listed!.id])).exitCode).toBe(0);
  expect(await store.keys.authenticate(key)).toBeUndefined();
  expect((await cli.run(["key", "list"])).stdout).toContain("revoked");
});

test("a key has an end and addresses, is rotated, and the list shows its last use", async () => {
  await using cli = cliOn(await freshDatabase());
  await cli.json<Project>(["project", "create", "--name", "Shop"]);
  const create = ["key", "create", "--permission", "Viewer", "--name", "Pager"];
  const limits = ["--expires", "2099-01-01T00:00:00Z", "--address", "203.0.113.0/24"];
  const { id } = await cli.json<{ id: string }>([...create, ...limits, "--address", "::1"]);
  const expected = { allowedAddresses: ["203.0.113.0/24", "::1"], name: "Pager" };
  const expiresAt = "2099-01-01T00:00:00.000Z";
  expect(await cli.json(["key", "list"])).toMatchObject([{ ...expected, id, expiresAt }]);

  const rotated = await cli.run(["key", "rotate", id, "--overlap-hours", "1"]);
  expect(rotated.stdout).toMatch(/^cl_\S{43}\n$/);
  expect(rotated.stderr).toContain(`replaces ${id}, which is valid until`);
  await using store = disposable(await connectStore({ uri: cli.mongodbUri }));
  const { keyId = "" } = (await store.keys.authenticate(rotated.stdout.trim()))!;
  store.keyUses.note(keyId, "203.0.113.7");
  const listed = async () => cli.json<{ id: string }[]>(["key", "list"]);
  await expect
    .poll(async () => (await listed()).find((key) => key.id === keyId))
    .toMatchObject({ ...expected, rotatedFrom: id, expiresAt, lastUsedFrom: "203.0.113.7" });
  const { stdout } = await cli.run(["key", "list"]);
  expect(stdout).toContain(`replaced by ${keyId}`);
  expect(stdout).toContain("LAST USED");

  const lines = await collectionsOf(store).auditLog.find({ "target.kind": "key" }).toArray();
  expect(lines.map(({ act, target, actor }) => [act, target?.id, actor.kind])).toEqual(
    expect.arrayContaining([
      ["key.create", id, "command-line"],
      ["key.create", keyId, "command-line"],
      ["key.rotate", id, "command-line"],
    ]),
  );

  const again = await cli.run(["key", "rotate", id]);
  expect(again).toMatchObject({ exitCode: 1, stdout: "" });
  expect(again.stderr).toContain(`id: is of a key that was replaced by ${keyId}`);
});

test.each([
  [["key", "create", "--permission", "Viewer", "--address", "shop"], "must be an IP address"],
  [
    ["key", "create", "--permission", "Viewer", "--expires", "2020-01-01T00:00:00Z"],
    "must be in the future",
  ],
  [["key", "rotate", "x", "--overlap-hours", "0"], "must be a whole number of hours from 1 to 720"],
  [["key", "rotate", "no-such-key"], "ID: there is no such key; see: key list"],
])("%j is refused", async (args, text) => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "Shop"]);
  const { exitCode, stderr } = await cli.run(args);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(text);
});

test("an operator's key belongs to no project, is listed separately, and is worth nothing once revoked", async () => {
  await using cli = cliOn(await freshDatabase());
  const create = ["key", "create", "--permission", "Operator", "--name", "On call"];
  const { id, key } = await cli.json<{ id: string; key: string }>(create);
  let elapsed = 0;
  const elapsedMs = () => (elapsed += 1000);
  await using store = disposable(await connectStore({ uri: cli.mongodbUri, elapsedMs }));
  const identity = { scope: "installation", keyId: id, permissions: ["Operator"] };
  expect(await store.keys.authenticate(key)).toMatchObject(identity);
  await cli.run(["project", "create", "--name", "Shop"]);
  expect(await cli.json(["key", "list"])).toEqual([]);
  expect(await cli.json(["key", "list", "--operators"])).toMatchObject([{ id, name: "On call" }]);
  expect((await cli.run(["key", "revoke", id])).exitCode).toBe(0);
  expect(await store.keys.authenticate(key)).toBeUndefined();
});

test.each([
  [
    ["key", "create", "--permission", "Operator", "--permission", "Viewer"],
    1,
    /permissions: Viewer is for keys of a project/,
  ],
  [
    ["key", "create", "--permission", "Operator", "--project", "x"],
    2,
    /--project: an operator's key belongs to the installation/,
  ],
  [["key", "list", "--operators", "--project", "x"], 2, /--operators: goes without --project/],
  [
    ["key", "create", "--permission", "Everything"],
    2,
    /--permission: must be one of: Project Owner, .*Dispatch Call/,
  ],
  [["key", "create"], 2, /required option '--permission <name>' not specified/],
  [
    ["key", "create", "--permission", "Viewer", "--expires-at", "soon"],
    2,
    /--expires-at: must be a date/,
  ],
  [
    ["key", "create", "--permission", "Viewer", "--expires-at", "2020-01-01T00:00:00Z"],
    2,
    /--expires-at: must be in the future/,
  ],
  [["key", "create", "--permission", "Viewer", "--project", "x"], 2, /--project: must be a UUID/],
  [
    [
      "key",
      "create",
      "--permission",
      "Viewer",
      "--project",
      "376d7300-28fe-11f1-b591-3fdcef396aba",
    ],
    1,
    /--project: there is no project 376d/,
  ],
  [["key", "create", "--permission", "Viewer"], 2, /--project: name one of: .*\(A\).*\(B\)/],
  [["key", "revoke", "nothing"], 1, /ID: there is no such key/],
  [
    ["project", "create", "--name", "C", "--from-number", "12"],
    2,
    /--from-number: must be a phone number/,
  ],
  [["project", "create", "--name", "C", "--id", "12"], 2, /--id: must be a UUID/],
  [["project", "create", "--name", "C", "--nmae", "C"], 2, /unknown option '--nmae'/],
  [["nonsense"], 2, /unknown command 'nonsense'/],
])("%j → exit code %i and one line that names the option", async (argv, exitCode, line) => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "A"]);
  await cli.run(["project", "create", "--name", "B"]);
  const run = await cli.run(argv);
  expect(run).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(line) });
  expect(run.stderr).not.toMatch(/\n\s+at /);
});

test("without a project, a key can't be created, and the text says what to do", async () => {
  await using cli = cliOn(await freshDatabase());
  const { stderr } = await cli.run(["key", "create", "--permission", "Viewer"]);
  expect(stderr).toBe(
    "call-log: --project: there is no project yet; make one with: project create --name NAME\n",
  );
});

test("names that hold control characters are shown without them", async () => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "red \u001b[31malert"]);
  expect((await cli.run(["project", "list"])).stdout).not.toContain("\u001b");
});

function disposable<T extends { close(): Promise<void> }>(resource: T) {
  return Object.assign(resource, { [Symbol.asyncDispose]: () => resource.close() });
}
