import type { CallStats } from "@call-log/model";
import { expect, test } from "vitest";

import type { SumsRequest, ToolApi } from "../tool-api.ts";
import type { ToolContext } from "../tool.ts";
import { costs } from "./costs.ts";

const OLDER = "2026-11-10T00:00:00.000Z";
const OLDEST = "2026-11-01T00:00:00.000Z";

/** Asks for the costs of a log whose sums take too long for one answer; each part takes so many seconds. */
async function costsInParts({ secondsOfPart }: { secondsOfPart: number }) {
  let now = Date.UTC(2026, 10, 24);
  const asked: SumsRequest[] = [];
  const sums = async (request: SumsRequest): Promise<CallStats> => {
    asked.push(request);
    now += secondsOfPart * 1000;
    const total = { calls: 2, attempts: 2, talkSeconds: 0, costInUSDCents: 50, pricesPending: 0 };
    return request.cursor === undefined
      ? { total, groups: {}, from: OLDER, nextCursor: "older" }
      : { total, groups: {}, from: OLDEST };
  };
  const api = { sums, budget: async () => null } as unknown as ToolApi;
  const context = { api, now: () => new Date(now) } as ToolContext;
  return { ...(await costs.call({}, context)), asked };
}

test("costs that take too long to sum at once are summed part by part", async () => {
  const { data, asked } = await costsInParts({ secondsOfPart: 7 });
  expect(data).toMatchObject({ countedFrom: null, total: { calls: 4, costInUSD: 1 } });
  expect(asked.map(({ inParts, cursor }) => [inParts, cursor])).toEqual([
    [true, undefined],
    [true, "older"],
  ]);
});

test("after twenty seconds the answer says from when on calls are counted", async () => {
  const { data, text, asked } = await costsInParts({ secondsOfPart: 20 });
  expect(data).toMatchObject({ countedFrom: OLDER, total: { calls: 2 } });
  expect(text).toContain("Only calls from 2026-11-10");
  expect(asked).toHaveLength(1);
});
