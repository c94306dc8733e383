import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";
import { keepDeadLetter } from "../testing/keep-dead-letter.ts";

let fresh: FreshRouter;
let owner: Caller;
let operator: Caller;
let masked: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  owner = await fresh.caller();
  operator = await fresh.caller({ permissions: ["Operator"] });
  masked = await fresh.caller({ permissions: ["Read Masked Call Log"] });
});
beforeEach(async () => {
  await collectionsOf(fresh.store).deadLetters.deleteMany({});
});
afterAll(() => fresh[Symbol.asyncDispose]());

const REQUEST = { toNumber: "+15550100100", say: "BLUEBIRD is down" };
const keep = (request: object = REQUEST) =>
  keepDeadLetter(fresh.store, { projectId: fresh.projectId, request });
const keepOfNobody = (job: { projectId: string; request: unknown }) =>
  keepDeadLetter(fresh.store, job, { projectId: undefined as never });

test("a project reads why a request was refused, and what it was", async () => {
  const _id = await keep();
  const { data, count } = await owner.deadLetters.list();
  expect({ data, count }).toMatchObject({ data: [{ _id, state: "open" }], count: 1 });
  expect(JSON.stringify(data)).not.toContain("BLUEBIRD");
  const { deadLetter, payload } = await owner.deadLetters.get({ id: _id });
  expect(deadLetter).toEqual(data[0]);
  expect(deadLetter).toMatchObject({
    code: "BAD_REQUEST",
    fields: ["fromNumber"],
    jobId: `job-${_id}`,
  });
  expect(deadLetter.createdAt).toMatch(/^\d{4}-.*Z$/);
  expect(payload).toEqual({ projectId: fresh.projectId, request: REQUEST });
});

test.each<[string, object]>([
  ["sensitive", { ...REQUEST, sensitive: true }],
  ["sensitive in a form that is refused", { ...REQUEST, sensitive: "yes" }],
  ["sensitive by a name that is refused", { ...REQUEST, isSensitive: 1 }],
])("what a request holds that is %s is never shown, and still replayed", async (_name, request) => {
  const id = await keep(request);
  const item = await owner.deadLetters.get({ id });
  expect(item).toMatchObject({
    payload: null,
    deadLetter: { isSensitive: true, hasPayload: true },
  });
  const shown = [item, await owner.deadLetters.list(), await masked.deadLetters.get({ id })];
  expect(JSON.stringify(shown)).not.toContain("BLUEBIRD");
});

test("a sensitive request that is replayed leaves its text in no dead letter", async () => {
  const id = await keep({ ...REQUEST, sensitive: true });
  await owner.deadLetters.replay({ id });
  const document = await collectionsOf(fresh.store).deadLetters.findOne({ _id: id });
  expect(JSON.stringify(document)).not.toContain("BLUEBIRD");
});

test("a masked key sees the reason without numbers, and nothing that the caller wrote", async () => {
  const id = await keep();
  const seen = [await masked.deadLetters.get({ id }), await masked.deadLetters.list()];
  const text = JSON.stringify(seen);
  expect(text).toContain("fromNumber: must be one of: +•••••••••••");
  expect(text).not.toMatch(/BLUEBIRD|55501|"jobId"/);
});

test("health has the number of open ones and the oldest, of the project alone; an operator's that of all", async () => {
  await keepOfNobody({ projectId: "none", request: REQUEST });
  const id = await keep();
  await keep();
  const { deadLetters } = await owner.system.health();
  expect(deadLetters).toMatchObject({ open: 2, oldest: { _id: id } });
  const ofAll = (await operator.operator.health()).deadLetters;
  expect(ofAll).toMatchObject({ open: 3, withoutProject: { open: 1 } });
  expect(ofAll.oldestAt).toMatch(/^\d{4}-.*Z$/);
});

test("those without a project are the operator's, who replays them when the project exists", async () => {
  const job = { projectId: fresh.projectId, request: REQUEST };
  const id = await keepOfNobody(job);
  await expect(owner.deadLetters.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await owner.deadLetters.list()).count).toBe(0);
  expect((await operator.operator.deadLetters.list()).data).toMatchObject([{ _id: id }]);
  expect((await operator.operator.deadLetters.get({ id })).payload).toEqual(job);
  const { _id } = await operator.operator.deadLetters.replay({ id });
  expect(await owner.callLog.getItem({ id: _id, select: { status: true } })).toBeDefined();
  const line = { act: "dead-letter.replay", "target.id": id };
  expect((await owner.audit.list({ query: line })).count).toBe(1);
  expect((await operator.audit.listInstallation({ query: line })).count).toBe(1);
});

test("an operator does not read those of a project", async () => {
  const id = await keep();
  for (const act of ["get", "replay", "drop"] as const)
    await expect(operator.operator.deadLetters[act]({ id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
});

test.each([
  [{ state: "gone" }, /^state: must be one of: open, replayed, dropped, all/],
  [{ limit: 101 }, /^limit: /],
  [{ colour: 1 }, /there is no "colour"/],
])("refuses the list %j by its field", async (input, words) => {
  const asking = owner.deadLetters.list(input as object);
  await expect(asking).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringMatching(words),
  });
});
