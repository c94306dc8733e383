import { backToSource, backToSourceChange, newAlertSource } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { afterEach, beforeEach, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";

const SECRET = "glsa_a-secret-that-nobody-sees";
const GRAFANA = { kind: "grafana", url: "https://grafana.example" } as const;

let store: Store;
let close: () => Promise<void>;
let projectId: string;
let id: string;
beforeEach(async () => {
  const database = await freshDatabase();
  store = await connectStore(database);
  close = async () => {
    await store.close();
    await database.close();
  };
  projectId = (await store.projects.create({ name: "Shop" }))._id;
  const { source } = await store.alertSources.create(
    projectId,
    newAlertSource.parse({
      name: "Grafana",
      kind: "grafana",
      rule: { to: "+15559998888" },
      back: { ...GRAFANA, secret: SECRET },
    }),
  );
  id = source._id;
});
afterEach(() => close());

const update = (back: object | null) =>
  store.alertSources.update(
    { projectId, id },
    { back: back === null ? null : backToSourceChange.parse(back) },
  );

test("what is shown, and the audit trail, have no secret; what is sent has it", async () => {
  await update({ ...GRAFANA, secret: `${SECRET}-2` });
  const shown = [
    await store.alertSources.list(projectId),
    await store.alertSources.find(projectId, id),
    await collectionsOf(store).auditLog.find().toArray(),
  ];
  expect(JSON.stringify(shown)).not.toContain(SECRET);
  expect((await store.alertSources.find(projectId, id))?.back).toEqual({
    ...GRAFANA,
    durationSeconds: 7200,
    hasSecret: true,
  });
  expect((await store.alertSources.backOf(projectId, id))?.back.secret).toBe(`${SECRET}-2`);
  const lines = await collectionsOf(store).auditLog.find({ act: "alert-source.update" }).toArray();
  expect(JSON.stringify(lines[0]?.changes)).toContain("isOtherSecret");
});

test("a change without the secret keeps it, and another host needs it again", async () => {
  await update({ ...GRAFANA, durationSeconds: 90 });
  const kept = await store.alertSources.backOf(projectId, id);
  expect(kept?.back).toMatchObject({ durationSeconds: 90, secret: SECRET });
  await expect(update({ ...GRAFANA, url: "https://evil.example" })).rejects.toThrow(
    'back.secret: is needed for the kind "grafana"',
  );
  expect((await store.alertSources.backOf(projectId, id))?.back).toEqual(kept?.back);
});

test("null ends it, another project has none, and neither has a deleted source", async () => {
  expect(await store.alertSources.backOf("another", id)).toBeUndefined();
  await update(null);
  expect(await store.alertSources.backOf(projectId, id)).toBeUndefined();
  expect(await store.alertSources.find(projectId, id)).not.toHaveProperty("back");
  await update({ ...GRAFANA, secret: SECRET });
  await store.alertSources.delete({ projectId, id });
  expect(await store.alertSources.backOf(projectId, id)).toBeUndefined();
});

test("names with dots and dollars are kept as they are", async () => {
  const back = {
    kind: "template",
    url: "https://tickets.example/",
    body: { "a.b": { $set: "{{ comment }}" } },
  };
  await update(back);
  const stored = await store.alertSources.backOf(projectId, id);
  expect(stored?.back).toEqual(backToSource.parse(back));
});
