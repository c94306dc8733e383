import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const USER = "22222222-28fe-11f1-b591-3fdcef396aba";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
  await fresh.keep({
    toNumber: "+15550100100",
    userId: USER,
    user: { _id: USER, name: "Grace" },
    callData: { message: "The database is down" },
  });
});
afterAll(() => fresh[Symbol.asyncDispose]());

test("a national number is one of the countries that the project calls from", async () => {
  const owner = await fresh.caller();
  const found = await owner.search.find({ text: "(555) 010-01" });
  expect(found).toMatchObject({
    people: [{ toNumber: "+15550100100", user: { _id: USER, name: "Grace" } }],
    among: null,
    isCut: false,
    leftOut: [],
  });
});

test("a number with a trunk 0 is looked for as one of the countries that the project calls from", async () => {
  await fresh.store.projects.update(fresh.projectId, { fromNumbers: ["+493011111111"] });
  const reader = fresh.store.createReader();
  const asked = vi.spyOn(reader, "search");
  const owner = await fresh.caller({ reader });
  await owner.search.find({ text: "0151 23" });
  expect(asked.mock.calls[0]?.[0].terms.numberStarts).toContain("+4915123");
});

test("a masked key is not refused: it is answered from what it sees, and told what was left out", async () => {
  const masked = await fresh.caller({ permissions: ["Read Masked Call Log"] });
  const byName = await masked.search.find({ text: "grace" });
  expect(byName).toMatchObject({ people: [], texts: [] });
  expect(byName.leftOut).toContain("names");
  const byId = await masked.search.find({ text: USER });
  expect(byId.people).toMatchObject([
    { toNumber: "+1555•••••00", user: { _id: USER, name: null } },
  ]);
  expect(JSON.stringify(byId)).not.toMatch(/Grace|database|0100100/);
});

test.each(["", " ", "x".repeat(101)])("%j is refused with the field's name", async (text) => {
  const owner = await fresh.caller();
  await expect(owner.search.find({ text })).rejects.toThrow(/text: must/);
});
