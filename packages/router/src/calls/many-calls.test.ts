import { randomUUID } from "node:crypto";

import { anAttempt } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const NO_ID = "00000000-0000-4000-8000-000000000000";

let fresh: FreshRouter;
let caller: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  caller = await fresh.caller({ permissions: ["Dispatch Call"] });
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** One call in each state that matters, of another project, none, and no id at all. */
async function mixed() {
  const _id = randomUUID();
  const [waiting, over, unknown, foreign] = await fresh.keep(
    { status: "Queued" },
    { status: "Busy" },
    { _id, status: "Unknown", attempts: [anAttempt(_id, { state: "unknown" })] },
    { status: "Queued", projectId: fresh.otherProjectId },
  );
  return [waiting, over, unknown, foreign].map((record) => record!._id).concat(NO_ID, "x");
}

const codeOf = (answer: { ok: boolean; error?: { code: string } }) => answer.error?.code ?? "ok";

describe("cancelMany", () => {
  test("cancels what can be, and says of each other why not", async () => {
    const ids = await mixed();
    const { results } = await caller.calls.cancelMany({ ids });
    expect(results[0]).toEqual({ ok: true, _id: ids[0], status: "Canceled" });
    expect(results.slice(1).map(codeOf)).toEqual([
      "CONFLICT",
      "CONFLICT",
      "NOT_FOUND",
      "NOT_FOUND",
      "BAD_REQUEST",
    ]);
  });
});

describe("retryMany", () => {
  test("calls again what is over, once however often it is asked, and never what is unknown", async () => {
    const ids = await mixed();
    const { results } = await caller.calls.retryMany({ ids: [...ids, ids[1]!] });
    expect(results.map(codeOf)).toEqual([
      "CONFLICT",
      "ok",
      "CONFLICT",
      "NOT_FOUND",
      "NOT_FOUND",
      "BAD_REQUEST",
      "ok",
    ]);
    const again = results.filter(({ ok }) => ok);
    expect(new Set(again.map((answer) => "_id" in answer && answer._id)).size).toBe(1);
  });
});

describe.each(["cancelMany", "retryMany"] as const)("%s", (name) => {
  test("is for keys that may dispatch, for one to 1,000 ids", async () => {
    const viewer = await fresh.caller({ permissions: ["Viewer"] });
    await expect(viewer.calls[name]({ ids: [NO_ID] })).rejects.toMatchObject({ code: "FORBIDDEN" });
    for (const [ids, text] of [
      [[], "ids: must hold at least one id"],
      [Array.from({ length: 1001 }, () => NO_ID), "ids: must hold at most 1000 ids"],
    ] as const)
      await expect(caller.calls[name]({ ids: [...ids] })).rejects.toMatchObject({ message: text });
    const { results } = await caller.calls[name]({
      ids: Array.from({ length: 1000 }, () => NO_ID),
    });
    expect(results.map(codeOf)).toEqual(Array.from({ length: 1000 }, () => "NOT_FOUND"));
  });
});

describe("previewRetryMany", () => {
  test("says of each what would be refused, what was called again before, and the hour there", async () => {
    const ids = await mixed();
    const [again] = (await caller.calls.retryMany({ ids: [ids[1]!] })).results;
    const [imported] = await fresh.keep({ status: "Success" });
    const sent = [...ids, imported!._id];
    const { results } = await caller.calls.previewRetryMany({ ids: sent });
    expect(results.map(({ _id }) => _id)).toEqual(sent);
    expect(results.map(codeOf)).toEqual([
      "ok",
      "ok",
      "ok",
      "NOT_FOUND",
      "NOT_FOUND",
      "BAD_REQUEST",
      "ok",
    ]);
    const refusals = results.map((one) => (one.ok ? one.refusal : undefined));
    expect(refusals[0]).toMatch(/not over yet/);
    expect(refusals[1]).toBeNull();
    expect(refusals[2]).toMatch(/may or may not have placed/);
    const as = again?.ok && again._id;
    expect(results[1]).toMatchObject({
      calledAgainAs: { _id: as, status: "Queued" },
      zones: expect.arrayContaining(["America/New_York"]),
      pastCost: { calls: expect.any(Number), meanUSDCents: expect.any(Number) },
    });
  });
});

describe("calledAgain", () => {
  test("leads from a call to the one that calls it again, within the project", async () => {
    const [, id, , foreign] = await mixed();
    const viewer = await fresh.caller({ permissions: ["Viewer"] });
    expect(await viewer.calls.calledAgain({ id: id! })).toBeNull();
    const { _id } = await caller.calls.retry({ id: id! });
    expect(await viewer.calls.calledAgain({ id: id! })).toEqual({
      _id,
      status: "Queued",
      createdAt: expect.any(String) as string,
    });
    expect(await viewer.calls.calledAgain({ id: foreign! })).toBeNull();
  });
});
