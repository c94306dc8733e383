import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const TO = "+15550100100";
const select = {
  toNumber: true,
  fromNumber: true,
  attempts: true,
  statusMessage: true,
  callData: true,
  tags: true,
};
const shown = {
  toNumber: "+1555•••••00",
  fromNumber: "+1555•••••22",
  statusMessage: "The number +••••••••••• is not verified",
  callData: { masked: true },
  tags: null,
  attempts: [expect.objectContaining({ fromNumber: "+1555•••••33" })],
};

let fresh: FreshRouter;
let id: string;
let masked: Caller;
let owner: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  const attempt = { number: 1, state: "ended" as const, dueAt: new Date(), events: [] };
  const [record] = await fresh.keep({
    toNumber: TO,
    fromNumber: "+15551112222",
    tags: [TO],
    statusMessage: `The number ${TO} is not verified`,
    attempts: [{ ...attempt, _id: "a-1", fromNumber: "+15551112233" }],
  });
  id = record!._id;
  masked = await fresh.caller({ permissions: ["Read Masked Call Log", "Dispatch Call"] });
  owner = await fresh.caller();
});
afterAll(() => fresh[Symbol.asyncDispose]());

describe("a key that reads masked numbers", () => {
  test("gets them so in a list, in one call log, and of its project", async () => {
    const { data } = await masked.callLog.getList({ select });
    expect(data).toEqual([{ _id: id, ...shown }]);
    expect(await masked.callLog.getItem({ id, select })).toEqual({ _id: id, ...shown });
    expect((await masked.projects.get()).fromNumbers).toEqual(["+1555•••••22"]);
    expect(JSON.stringify([data, await masked.projects.get()])).not.toMatch(/\+\d{7}/);
    expect(await masked.callLog.stats()).toMatchObject({ total: { calls: 1 } });
  });

  test.each([
    ["a value", { toNumber: TO }, "toNumber"],
    ["a beginning", { fromNumber: { _type: "StartsWith", value: "+1" } }, "fromNumber"],
    ["a path", { "attempts.fromNumber": "+15551112233" }, "attempts.fromNumber"],
    ["an element", { attempts: { $elemMatch: { fromNumber: TO } } }, "attempts.fromNumber"],
    ["a label", { tags: "grace" }, "tags"],
    ["a name", { "user.name": "Grace" }, "user.name"],
    ["a denial", { $nor: [{ status: "Busy" }, { toNumber: TO }] }, "toNumber"],
    ["what is said", { callData: { message: "x" } }, "callData.message"],
    [
      "a search in several",
      { search: { _type: "MultiSearch", value: "00", fields: ["status", "toNumber"] } },
      "toNumber",
    ],
  ] as const)("may not ask by %s", async (_, query: object, path) => {
    await Promise.all([
      expect(masked.callLog.getList({ query })).rejects.toMatchObject({ code: "FORBIDDEN" }),
      expect(masked.callLog.count({ query })).rejects.toThrow(
        `may not search, sort or group by ${path}. That needs one of the permissions: Project Owner, `,
      ),
      expect(masked.callLog.stats({ query })).rejects.toMatchObject({ code: "FORBIDDEN" }),
    ]);
  });

  test("may not sort by them, but by all else, and may filter by all else", async () => {
    const sorted = masked.callLog.getList({ sort: { toNumber: 1 } });
    await expect(sorted).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(masked.callLog.stats({ by: ["tag"] })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const query = {
      "attempts.number": 1,
      attempts: { $elemMatch: { state: "ended" } },
      search: { _type: "MultiSearch", value: "ueue", fields: ["status"] },
    };
    expect(await masked.callLog.getList({ query, sort: { status: 1 } })).toMatchObject({
      count: 1,
    });
  });
});

test("one more permission that reads shows them in full", async () => {
  const both = await fresh.caller({ permissions: ["Read Masked Call Log", "Viewer"] });
  expect(await both.callLog.getItem({ id, select })).toMatchObject({ toNumber: TO });
  expect(await owner.callLog.count({ query: { toNumber: TO } })).toEqual({ count: 1 });
});
