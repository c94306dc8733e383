import { type Acting, MOST_SAVED_VIEWS } from "@call-log/model";
import { expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { onEachStore } from "../testing/on-each-store.ts";

const ACTING: Acting = { actor: { kind: "person", id: "ada", name: "Ada" } };
const VIEW = { name: "Last night", query: "range=24h&status=Busy" };

onEachStore((running) => {
  const views = () => running.store.savedViews;

  test("a view is kept with who saved it, for its project alone", async () => {
    const kept = await views().create("p", VIEW, ACTING);
    expect(kept).toMatchObject({ ...VIEW, projectId: "p", createdBy: ACTING.actor });
    await views().create("p", { name: "Busy", query: "status=Busy" }, ACTING);
    expect((await views().list("p")).map(({ name }) => name)).toEqual(["Busy", "Last night"]);
    expect(await views().list("q")).toEqual([]);
    expect(await views().delete("q", kept._id, ACTING)).toBe(false);
    expect(await views().delete("p", kept._id, ACTING)).toBe(true);
    expect(await views().delete("p", kept._id, ACTING)).toBe(false);
    expect(await views().list("p")).toHaveLength(1);
    expect(await collectionsOf(running.store).savedViews.countDocuments()).toBe(1);
  });

  test("a name is used once, whatever its letter case, and again after its view is deleted", async () => {
    const { _id } = await views().create("p", VIEW, ACTING);
    await expect(views().create("p", { ...VIEW, name: "LAST NIGHT" }, ACTING)).rejects.toThrow(
      "name: is that of another view of the project",
    );
    await views().create("q", VIEW, ACTING);
    await views().delete("p", _id, ACTING);
    await views().create("p", VIEW, ACTING);
  });

  test("a project keeps so many views and no more", async () => {
    const document = { ...VIEW, projectId: "p", createdAt: running.clock, createdBy: ACTING.actor };
    const many = Array.from({ length: MOST_SAVED_VIEWS }, (_, index) => ({
      ...document,
      _id: `view-${index}`,
      name: `View ${index}`,
    }));
    await collectionsOf(running.store).savedViews.insertMany(many);
    await expect(views().create("p", VIEW, ACTING)).rejects.toThrow(/Delete one first/);
  });
});
