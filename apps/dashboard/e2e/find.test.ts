import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

const INCIDENT = { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Regal brennt" };
const GRACE = { _id: "376d7300-28fe-11f1-b591-3fdcef396abd", name: "Grace Hopper" };
const HOUR_MS = 3_600_000;

describe.skipIf(!HAS_BROWSER)("finding a call (needs Chromium)", () => {
  let running: RunningDashboard;
  let graces: string;
  beforeAll(async () => {
    running = await runDashboard();
    graces = await waiting({ say: "Quittenmus", user: GRACE, incident: INCIDENT });
    for (const tag of ["night", "day"]) await waiting({ tags: [tag], toNumber: "+4930123456" });
  });
  afterAll(() => running?.close());

  /** A call that waits for tomorrow, so that nothing happens to it. */
  async function waiting(request: object): Promise<string> {
    const { _id } = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100100",
      say: "Hello",
      scheduledAt: new Date(Date.now() + 24 * HOUR_MS).toISOString(),
      ...request,
    });
    return _id;
  }

  const rows = (page: Page) => page.locator("[data-call]");
  const option = (page: Page, name: RegExp) => page.getByRole("option", { name }).first();
  const field = (page: Page) => page.getByRole("combobox", { name: "Search" });

  test("the search takes a number in any form, a name, an incident, an id, a text, by keyboard alone", async () => {
    const page = await running.signedIn();
    await page.keyboard.press("/");
    await field(page).waitFor();
    const finds: [text: string, result: RegExp][] = [
      ["(555) 010-0100", /Grace Hopper · \+15550100100/],
      ["0100", /\+15550100100/],
      ["grace", /Grace Hopper/],
      ["regal", /Regal brennt/],
      [graces.slice(0, 13), /\+15550100100/],
      ["quittenmus", /Quittenmus/],
      ["stop", /Pause project/],
    ];
    for (const [text, result] of finds) {
      await field(page).fill(text);
      await expectShown(option(page, result));
    }
    await expectAccessible(page);
    const active = async () => {
      const id = await field(page).getAttribute("aria-activedescendant");
      const chosen = page.locator(`[id="${id}"][aria-selected=true]`);
      return (await chosen.count()) === 1 ? chosen.textContent() : null;
    };
    await field(page).fill("regal");
    await expect.poll(active).toMatch(/Regal brennt/);
    // Enter is for what was typed, also while the answer for it is on its way.
    await field(page).fill("quittenmus");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/calls/${graces}$`));

    // From any screen, and with what was looked for and opened last.
    await page.goto("/costs");
    await page.getByRole("heading", { name: "Costs" }).waitFor();
    await page.keyboard.press("Control+k");
    await expectShown(option(page, /quittenmus/));
    await expectShown(option(page, /Grace Hopper · \+15550100100/));
    await page.keyboard.press("Escape");
    await expect.poll(() => field(page).count()).toBe(0);
  });

  test("a masked key searches what it sees, and is told what was left out", async () => {
    const { key } = await running.keyWith(["Read Masked Call Log"]);
    const page = await running.signedIn({ key });
    await page.keyboard.press("Control+k");
    await field(page).fill("grace");
    await expectShown(page.getByText(/Not searched, because you see them masked: numbers, names/));
    expect(await option(page, /Grace/).count()).toBe(0);
    await page.goto("/?text=grace");
    await expectShown(page.getByText("No call matches these filters."));
    await page.goto(`/?text=${graces.slice(0, 13)}`);
    await expect.poll(() => rows(page).count()).toBeGreaterThan(0);
    expect(await page.evaluate(() => Object.values(localStorage).join(""))).not.toContain("grace");
  });

  test("what is not valid is asked for once, and said in plain words", async () => {
    const page = await running.signedIn();
    let asked = 0;
    page.on("request", (request) => {
      if (/callLog\.getList/.test(request.url())) asked += 1;
    });
    await page.goto("/?incident=7");
    await expectShown(page.getByText(/^A filter cannot be used: the incident must be an id/));
    expect(asked).toBe(1);
  });

  test("a chosen filter's field has the focus", async () => {
    const page = await running.signedIn();
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page.keyboard.type("quittenmus");
    await page.keyboard.press("Enter");
    await page.waitForURL(/text=quittenmus/);
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  test("keys move along the rows, select, open and go to screens, and can be switched off", async () => {
    const page = await running.signedIn();
    await expect.poll(() => rows(page).count()).toBe(3);
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest<HTMLTableRowElement>("tr")?.rowIndex);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+X");
    await expectShown(page.getByText("3 selected"));
    await page.keyboard.press("k");
    expect(await focused()).toBe(2);
    const second = await rows(page).nth(1).getAttribute("data-call");
    await page.keyboard.press("o");
    await page.waitForURL(new RegExp(`/calls/${second}$`));
    for (const [keys, path] of [
      ["gh", "/system"],
      ["gp", "/place"],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForURL((url) => url.pathname === path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      // The form for a call takes the focus, and what is typed there.
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    }
    await page.keyboard.press("?");
    const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expectShown(list.getByRole("row", { name: /Go to Health/ }));
    await expectAccessible(page);
    await list.getByRole("switch", { name: "Shortcuts of single keys" }).press("Space");
    await page.keyboard.press("Escape");
    await expect.poll(() => list.count()).toBe(0);
    await page.keyboard.press("?");
    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    expect(await list.count()).toBe(0);
  });

  test("a cell filters by its value, and leads to its person and its incident", async () => {
    const page = await running.signedIn();
    await page.goto("/?text=quittenmus");
    await expect.poll(() => rows(page).count()).toBe(1);
    const openMenu = async (column: string) => {
      await rows(page).first().locator(`[data-column="${column}"]`).hover();
      await page.getByRole("button", { name: /^Filter by/ }).click();
    };
    await openMenu("user");
    await page.getByRole("menuitem", { name: `Open the page of ${GRACE.name}` }).click();
    await page.waitForURL(new RegExp(`/people/${GRACE._id}$`));
    await page.goBack();
    await openMenu("incident");
    await expectShown(page.getByRole("menuitem", { name: /^Only incident.*Regal brennt$/ }));
    await page.getByRole("menuitem", { name: `Open the incident ${INCIDENT.title}` }).click();
    await page.waitForURL(new RegExp(`/incidents/${INCIDENT._id}$`));
  });

  test("rows stay under a pointer that rests on them, and come when it leaves", async () => {
    const page = await running.signedIn();
    await page.goto("/?tag=held");
    await waiting({ tags: ["held"] });
    await rows(page).first().waitFor();
    await page.locator('[data-live="on"]').waitFor({ state: "attached" });
    await rows(page).first().locator('[data-column="attempts"]').hover();
    await waiting({ tags: ["held"] });
    await expectShown(page.getByRole("button", { name: "1 new call" }));
    expect(await rows(page).count()).toBe(1);
    await page.mouse.move(5, 5);
    await expect.poll(() => rows(page).count()).toBe(2);
  });

  test("the head of the table stays in sight, and columns keep their place", async () => {
    for (let index = 0; index < 30; index += 1) await waiting({ tags: ["long"] });
    const page = await running.signedIn();
    await page.goto("/?tag=long");
    await expect.poll(() => rows(page).count()).toBe(30);
    const head = page.getByRole("columnheader", { name: "Why" });
    const left = async () => (await head.boundingBox())!.x;
    const before = await left();
    await page.evaluate(() => scrollTo(0, 800));
    await expect.poll(async () => (await head.boundingBox())!.y).toBeGreaterThan(50);
    expect(await head.isVisible()).toBe(true);
    await page.goto("/?text=quittenmus");
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(await left()).toBe(before);
    await page.getByRole("button", { name: "Columns" }).click();
    await expectAccessible(page);
    const height = async () => (await rows(page).first().boundingBox())!.height;
    const comfortable = await height();
    await page.getByRole("switch", { name: "Compact rows" }).press("Space");
    await expect.poll(height).toBeLessThan(comfortable);
  });

  test("a time range is chosen by its name, in a zone that its address has", async () => {
    const page = await running.signedIn();
    await page.getByRole("button", { name: /^Time: All time/ }).click();
    await page.getByLabel("Time zone").selectOption("UTC");
    await page.getByRole("button", { name: "This month" }).click();
    await page.waitForURL(/range=this-month/);
    expect(new URL(page.url()).searchParams.get("zone")).toBe("UTC");
    await expectShown(page.getByRole("button", { name: "Time: This month (UTC)" }));
    await expect.poll(() => rows(page).count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Remove the filter Time" }).click();
    await page.waitForURL((url) => !url.searchParams.has("range"));
    await page.goto("/?text=quittenmus&range=this-month&zone=UTC");
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.waitForURL((url) => url.search === "");
  });
});
