import type { Project } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("settings of a project are changed by JSON and shown", async () => {
  await using cli = cliOn(await freshDatabase());
  const { _id } = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  const set = ["project", "set", _id];
  const quietHours = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };
  const settings = JSON.stringify({ allowedCountries: ["DE"], quietHours });
  expect(await cli.json([...set, settings])).toMatchObject({
    allowedCountries: ["DE"],
    quietHours,
  });
  await cli.run([...set, '{"quietHours": null}']);
  const shown = await cli.json<Project>(["project", "show", _id]);
  expect(shown).toMatchObject({ allowedCountries: ["DE"] });
  expect(shown).not.toHaveProperty("quietHours");
  expect((await cli.run([...set, "{"])).stderr).toContain("must be JSON");
  expect((await cli.run([...set, '{"allowedCountries": ["Germany"]}'])).stderr).toContain(
    'settings.allowedCountries.0: must be a country by its two letters, such as "DE"',
  );
});

test("numbers are put on the do-not-call list, listed, and taken off once", async () => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "Shop"]);
  await cli.run(["do-not-call", "add", "+1-555-999-8888"]);
  expect(await cli.json(["do-not-call", "list"])).toEqual(["+15559998888"]);
  expect(await cli.run(["do-not-call", "remove", "+15559998888"])).toMatchObject({ exitCode: 0 });
  expect((await cli.run(["do-not-call", "remove", "+15559998888"])).stderr).toContain(
    "not on the list",
  );
});

test("a number is lent to a project by name or to all, listed, and taken back", async () => {
  await using cli = cliOn(await freshDatabase());
  const number = "+15551112222";
  const create = ["project", "create", "--name"];
  const { _id: owner } = await cli.json<Project>([...create, "A", "--from-number", number]);
  const second = await cli.run([...create, "B", "--from-number", number]);
  expect(second).toMatchObject({
    exitCode: 1,
    stderr: "call-log: fromNumbers.0: belongs to another project, and is not lent to this one\n",
  });
  const { _id } = await cli.json<Project>([...create, "B"]);
  const lent = { number, owner, lentTo: [_id] };
  expect(await cli.json(["number", "lend", "+1-555-111-2222", "--project", _id])).toEqual(lent);
  expect(await cli.json(["number", "list"])).toEqual([lent]);
  expect((await cli.run(["number", "list"])).stdout).toMatch(/NUMBER +OWNER +LENT TO/);
  expect(await cli.json(["number", "lend", number, "--all"])).toMatchObject({
    lentTo: [_id, "all"],
  });
  expect(await cli.json(["number", "take-back", number])).toMatchObject({ lentTo: [] });
  expect((await cli.run(["number", "lend", number])).stderr).toContain(
    "--project: name the project",
  );
  const nowhere = "376d7300-28fe-11f1-b591-3fdcef396aba";
  expect(await cli.run(["number", "lend", number, "--project", nowhere])).toMatchObject({
    exitCode: 1,
  });
});
