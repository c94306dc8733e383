import { readFile } from "node:fs/promises";

import { anAttempt, callRecord } from "@call-log/testing";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** The month before the present one, which the screens offer by its name. */
const now = new Date();
const [YEAR, MONTH] = [now.getUTCFullYear(), now.getUTCMonth() - 1];
const month = new Date(Date.UTC(YEAR, MONTH));
const MONTH_NAME = new Intl.DateTimeFormat("en", {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
}).format(month);

const ANN = "11111111-28fe-11f1-b591-3fdcef396aba";
const BOB = "22222222-28fe-11f1-b591-3fdcef396aba";

/** A call of that month, or of the one before with day 0; reached after some seconds, or busy. */
function aCall(day: number, hour: number, facts: { to: string; seconds?: number; user?: string }) {
  const createdAt = new Date(Date.UTC(YEAR, MONTH, day, hour, 30));
  const { to, seconds, user = ANN } = facts;
  const record = callRecord({ createdAt, updatedAt: createdAt, toNumber: to });
  const attempt = anAttempt(record._id, {
    state: "ended",
    provider: "simulated",
    outcome: seconds === undefined ? "busy" : "reached",
    claimedAt: createdAt,
    endedAt: createdAt,
    ...(seconds !== undefined && {
      answeredAt: new Date(createdAt.getTime() + seconds * 1000),
      durationSeconds: 30,
    }),
  });
  const { wakeAt: _over, ...rest } = record;
  return {
    ...rest,
    status: seconds === undefined ? "Busy" : "Completed",
    attempts: [attempt],
    attemptCount: 1,
    provider: "simulated",
    pricing: "final" as const,
    callCostInUSDCents: 1.25,
    userId: user,
    user: { _id: user, name: user === ANN ? "Ann Lee" : "Bob Ray" },
  };
}

const [GERMANY, CANADA] = ["+4930123456", "+14165550100"];

describe.skipIf(!HAS_BROWSER)("figures and costs in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
    const calls = [
      // In Berlin and Tokyo this is the first day of the month, in Los Angeles the last of the one before.
      aCall(1, 0, { to: GERMANY, seconds: 10 }),
      aCall(10, 3, { to: GERMANY, seconds: 30 }),
      aCall(11, 3, { to: GERMANY, seconds: 20, user: BOB }),
      aCall(12, 14, { to: CANADA }),
      aCall(-5, 12, { to: CANADA, seconds: 5 }),
    ];
    await running.keep(...calls.map((call) => ({ ...call, projectId: running.projectId })));
  });
  afterAll(() => running?.close());

  test("the costs of a month by country are two clicks away, and the same in every browser", async () => {
    const page = await running.signedIn();
    let clicks = 0;
    const click = async (what: Locator) => {
      clicks += 1;
      await what.click();
    };
    await click(page.getByRole("link", { name: "Costs" }));
    await click(page.getByRole("button", { name: MONTH_NAME }));
    await expectCosts(page);
    expect(clicks).toBeLessThanOrEqual(2);
    // As the days of budgets, until another zone is chosen.
    await expectShown(page.getByText(/^All days and hours are by the clock of UTC[,.]/));
    await expectAccessible(page);
    const address = page.url();
    for (const timeZone of ["America/Los_Angeles", "Asia/Tokyo"]) {
      const other = await running.signedIn({ looks: { width: 390, scheme: "dark", timeZone } });
      await other.goto(address);
      await expectCosts(other);
      await expectAccessible(other);
    }
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV by country" }).click(),
    ]);
    const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(rows.slice(1).map((row) => row.split(",").slice(0, 3))).toEqual([
      ["DE", "Germany", "3"],
      ["CA", "Canada", "1"],
    ]);
    expect(rows[1]).toContain("UTC");
    await countryTable(page).getByRole("link", { name: "Germany (DE)" }).click();
    await expect.poll(() => page.locator("[data-call]").count()).toBe(3);
  });

  test("a person's figures are compared, and lead to the calls of an hour", async () => {
    const page = await running.signedIn();
    await page.getByRole("link", { name: "Figures" }).click();
    await page.getByRole("button", { name: MONTH_NAME }).click();
    await page.getByRole("button", { name: "Person", exact: true }).click();
    await page.getByLabel("Compare with").selectOption("previous");
    const cards = page.getByRole("group", { name: "Figures of all calls" });
    await expectShown(cards.locator('[data-figure="reachRate"]').getByText("75.0 %"));
    await expectShown(cards.locator('[data-figure="calls"]').getByText(/\+3 more \(\+300\.0 %\)/));
    const people = page.getByRole("table", { name: "Figures by person" });
    await expectShown(people.locator(`[data-group="${ANN}"]`).getByText("66.7 %"));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Hour of the day" }).click();
    const hours = page.getByRole("table", { name: "Figures by hour of the day" });
    await hours.getByRole("row").filter({ hasText: "2" }).getByRole("link").first().waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Day", exact: true }).click();
    const days = page.getByRole("table", { name: "Figures by day" });
    await expect.poll(() => days.getByRole("link").count()).toBe(4);
    await days.getByRole("link").first().click();
    await expect.poll(() => page.locator("[data-call]").count()).toBe(1);
  });

  test("many calls are counted in parts, and the screen says how far", async () => {
    const page = await running.signedIn();
    let goOn = () => {};
    const allowed = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/trpc/**callLog.figures**", async (route) => {
      const isRest = route.request().postData()?.includes("the rest") ?? false;
      if (isRest) await allowed;
      const text =
        route
          .request()
          .postData()
          ?.replace(/,"cursor":"the rest"/, "") ?? "";
      const answer = await route.fetch({ postData: text });
      const body = await answer.text();
      const part = isRest ? body : body.replaceAll('"total":', '"nextCursor":"the rest","total":');
      await route.fulfill({ response: answer, body: part });
    });
    const range = month.toISOString().slice(0, 7);
    await page.goto(`/figures?range=${range}&zone=Europe/Berlin`);
    await expectShown(page.getByText(/^Counted so far: the calls since .*, 4 of them\./));
    expect(await page.getByRole("link", { name: "CSV by day" }).count()).toBe(0);
    goOn();
    await expectShown(page.locator('[data-figure="calls"]').getByText("8", { exact: true }));
    await expectShown(page.getByRole("link", { name: "CSV by day" }));
    expect(await page.locator("[data-counting]").count()).toBe(0);
  });

  test("a budget says when it is used up, by its own clock", async () => {
    const { projects } = running.client;
    await projects.update.mutate({ budget: { perMonthUSD: "5.00", prepaidUSD: "2.00" } });
    const page = await running.signedIn();
    await page.getByRole("link", { name: "Costs" }).click();
    await expectShown(page.getByText("left of $5.00"));
    await expectShown(page.locator('[data-cap="This month (UTC)"] [data-forecast="nothing"]'));
    await expectShown(page.locator('[data-cap="Prepaid"] [data-forecast]'));
    await expectAccessible(page);
  });
});

function countryTable(page: Page): Locator {
  return page.getByRole("table", { name: "Costs by country" });
}

async function expectCosts(page: Page): Promise<void> {
  const row = (country: string) => countryTable(page).locator(`[data-group="${country}"]`);
  await expectShown(row("DE").getByRole("cell", { name: "3", exact: true }));
  await expectShown(row("CA").getByRole("cell", { name: "1", exact: true }));
  await expectShown(page.locator("[data-total]").getByText("$0.05"));
}
