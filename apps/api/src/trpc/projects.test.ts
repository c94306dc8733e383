import { createCallLogClient } from "@call-log/client";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
let url: string;

beforeAll(async () => {
  api = await freshApi();
  url = await api.server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => api[Symbol.asyncDispose]());

const client = (apiKey: string) => createCallLogClient({ url, apiKey });

test("an owner changes the settings of its own project alone", async () => {
  const owner = client(api.key);
  await owner.projects.update.mutate({ blockedPrefixes: ["+1555123"] });
  expect(await owner.projects.get.query()).toMatchObject({
    _id: api.projectId,
    blockedPrefixes: ["+1555123"],
  });
  expect(await client(api.otherKey).projects.get.query()).not.toHaveProperty("blockedPrefixes");
  const call = { toNumber: "+15551234567", say: "Hello" };
  await expect(owner.calls.dispatch.mutate(call)).rejects.toThrow(
    "toNumber: numbers that begin with +1555123 are blocked",
  );
  await owner.projects.update.mutate({ blockedPrefixes: null });
});

test("a number on the do-not-call list is refused by name, in a batch too", async () => {
  const owner = client(api.key);
  await owner.projects.doNotCall.add.mutate({ numbers: ["+1-555-777-6666"] });
  expect(await owner.projects.doNotCall.list.query()).toEqual({ numbers: ["+15557776666"] });
  const requests = ["+15557776666", "+15557776667"].map((toNumber) => ({ toNumber, say: "Hello" }));
  const { results } = await owner.calls.dispatchMany.mutate({ requests });
  expect(results).toMatchObject([
    { ok: false, error: { message: "toNumber: is on the project's do-not-call list" } },
    { ok: true },
  ]);
  expect(await owner.projects.doNotCall.remove.mutate({ number: "+15557776666" })).toEqual({
    removed: true,
  });
});

test("a key that may only read sees the settings and changes none", async () => {
  const { key } = await api.keyWith(["Viewer"]);
  expect(await client(key).projects.get.query()).toMatchObject({ name: "Shop" });
  await expect(client(key).projects.pause.mutate({ reason: "x" })).rejects.toThrow(
    "Project Owner, Project Admin",
  );
  await expect(client(key).projects.doNotCall.list.query()).rejects.toThrow("permissions");
});

test("a paused project takes calls and says so; resumed it does not", async () => {
  const owner = client(api.key);
  expect(await owner.projects.pause.mutate({ reason: "a loop" })).toMatchObject({
    paused: { reason: "a loop" },
  });
  expect(await owner.projects.resume.mutate()).not.toHaveProperty("paused");
});
