import { anAttempt } from "@call-log/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
  const asked = new Date("2026-10-10T00:00:00Z");
  const reached = anAttempt("a", {
    state: "ended",
    outcome: "reached",
    claimedAt: asked,
    answeredAt: new Date(asked.getTime() + 20_000),
    durationSeconds: 90,
  });
  await api.keep(
    // Still September in Los Angeles, October in Berlin.
    {
      createdAt: new Date("2026-10-01T00:30:00Z"),
      status: "Completed",
      toNumber: "+4930123456",
      callCostInUSDCents: 1.0395445,
      attemptCount: 1,
      attempts: [reached],
      userId: "11111111-28fe-11f1-b591-3fdcef396aba",
      user: { _id: "11111111-28fe-11f1-b591-3fdcef396aba", name: "=1+1" },
    },
    { createdAt: new Date("2026-10-02T12:00:00Z"), status: "Busy", toNumber: "+4930123456" },
    { createdAt: new Date("2026-10-03T12:00:00Z"), status: "Busy", toNumber: "+14165550100" },
    { createdAt: new Date("2026-10-31T23:30:00Z"), status: "Busy", toNumber: "+14165550100" },
  );
});
afterAll(() => api[Symbol.asyncDispose]());

async function download(parameters: Record<string, string>, ApiKey = api.key) {
  const url = `/export/figures.csv?${new URLSearchParams(parameters).toString()}`;
  const { statusCode, headers, body } = await api.server.inject({
    method: "GET",
    url,
    headers: { ApiKey },
  });
  const rows = body.trim().split("\r\n");
  return { status: statusCode, headers, body, rows };
}

const october = (offset: string, until: string) => ({
  from: `2026-10-01T00:00:00${offset}`,
  to: `2026-11-01T00:00:00${until}`,
});

test("October by country has the range and the zone in each row", async () => {
  const asked = { by: "country", timeZone: "Europe/Berlin", ...october("+02:00", "+01:00") };
  const { status, headers, rows } = await download(asked);
  expect(status).toBe(200);
  expect(headers["content-disposition"]).toBe('attachment; filename="figures-by-country.csv"');
  const [heading, ...found] = rows.map((row) => row.split(","));
  const valueOf = (row: string[] | undefined, name: string) => row?.[heading!.indexOf(name)];
  expect(found).toHaveLength(2);
  const germany = found.find((row) => valueOf(row, "country") === "DE");
  expect(Object.fromEntries(heading!.map((name) => [name, valueOf(germany, name)]))).toMatchObject({
    name: "Germany",
    calls: "2",
    reached: "1",
    "not-reached": "1",
    reachRate: "0.5000",
    answersTimed: "1",
    talkMinutes: "1.50",
    costUSD: "0.010395",
    from: "2026-10-01T00:00:00+02:00",
    to: "2026-11-01T00:00:00+01:00",
    timeZone: "Europe/Berlin",
  });
  const seconds = Number(valueOf(germany, "medianSecondsToAnswer"));
  expect(Math.abs(seconds - 20)).toBeLessThanOrEqual(0.2);
});

test("another zone's October has other calls", async () => {
  const asked = { by: "day", timeZone: "America/Los_Angeles", ...october("-07:00", "-07:00") };
  const { rows } = await download(asked);
  expect(rows.slice(1).map((row) => row.split(",")[0])).toEqual([
    "2026-10-02",
    "2026-10-03",
    "2026-10-31",
  ]);
});

test("no cell is a formula, and Excel gets its mark", async () => {
  const { body } = await download({ by: "person", excel: "true" });
  expect(body.startsWith("\uFEFFperson,name,")).toBe(true);
  expect(body).toContain("'=1+1");
});

test("a masked key sees no names, another project's key none of the calls", async () => {
  const { key } = await api.keyWith(["Read Masked Call Log"]);
  const masked = await download({ by: "person" }, key);
  expect(masked.status).toBe(200);
  expect(masked.body).toContain("11111111-28fe-11f1-b591-3fdcef396aba");
  expect(masked.body).not.toContain("1+1");
  const query = JSON.stringify({ toNumber: "+4930123456" });
  expect((await download({ by: "day", query }, key)).status).toBe(403);
  expect((await download({ by: "person" }, api.otherKey)).rows).toHaveLength(1);
});

test.each([
  ["no dimension", {}, "by"],
  ["an unknown dimension", { by: "tag" }, "by: must be one of: hour, day"],
  ["an unknown parameter", { by: "day", limit: "1" }, "allowed: by, query, from, to"],
  ["a query that is no JSON", { by: "day", query: "status" }, "query: must be JSON"],
  ["a day without its zone", { by: "day", from: "2026-10-01" }, "from: must be a date and time"],
  [
    "a range that ends before it begins",
    { by: "day", from: "2026-10-02T00:00:00Z", to: "2026-10-01T00:00:00Z" },
    "to: must be after from",
  ],
  ["an unknown zone", { by: "day", timeZone: "Europe/Atlantis" }, "timeZone: must be a time zone"],
] as [string, Record<string, string>, string][])(
  "%s is refused in words",
  async (...[, asked, words]) => {
    const { status, body } = await download(asked);
    expect(status).toBe(400);
    expect(body).toContain(words);
  },
);
