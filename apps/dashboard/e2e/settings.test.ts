import { mkdir } from "node:fs/promises";

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  EVERY_LOOK,
  expectAccessible,
  expectShown,
  HAS_BROWSER,
  inEachLook,
  type Looks,
} from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** Where a refused save is drawn, when the environment names a folder. */
const PICTURES = process.env["SCREENS_SCREENSHOTS"];

describe.skipIf(!HAS_BROWSER)("two who change settings at a time (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
  });
  afterAll(() => running.close());

  const settings = async (looks?: Looks): Promise<Page> => {
    const page = await running.signedIn(looks ? { looks } : {});
    await page.goto("/settings");
    // On a phone each part is a line that opens.
    await page.getByText("Save project").waitFor({ state: looks ? "attached" : "visible" });
    return page;
  };
  const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const project = () => running.client.projects.get.query();

  test("undo nothing of each other when they change different settings of a form", async () => {
    const [a, b] = [await settings(), await settings()];
    await b.getByLabel("From-numbers").fill("+15550111111");
    await b.getByRole("button", { name: "Save project" }).click();
    await expectShown(panel(b, "Project").getByText("Saved."));
    await panel(a, "Project").getByLabel("Name").fill("Night shift");
    await a.getByRole("button", { name: "Save project" }).click();
    await expectShown(panel(a, "Project").getByText("Saved."));
    expect(await project()).toMatchObject({ name: "Night shift", fromNumbers: ["+15550111111"] });
    // Nor with a second change of a form that has been open since.
    await panel(a, "Project").getByLabel("Name").fill("Night shift 2");
    await a.getByRole("button", { name: "Save project" }).click();
    await expect
      .poll(project)
      .toMatchObject({ name: "Night shift 2", fromNumbers: ["+15550111111"] });
  });

  test("see what a change would have done with past calls, and who made the last one", async () => {
    const page = await settings();
    await running.placed({ toNumber: "+15550100110", say: "Hello" });
    const form = panel(page, "Allowed numbers");
    await form.getByLabel("Blocked prefixes").fill("+1555");
    const sentence = form.getByText(
      /^With this, 1 of the one call since .* not allowed; none with/,
    );
    await expectShown(sentence);
    await expectAccessible(page);
    await form.getByLabel("Blocked prefixes").fill("+1556");
    await expectShown(form.getByText(/^With this, none of the one call since/));
    await form.getByRole("button", { name: "Save allowed numbers" }).click();
    const history = form.locator('[data-last-change="blockedPrefixes"]');
    await expectShown(history.getByText(/^Blocked prefixes: changed .*, from none to \+1556\./));
    expect(await form.locator("[data-preview]").count()).toBe(0);
    await history.getByRole("button", { name: "1 change" }).click();
    await expectShown(page.getByRole("dialog").getByRole("cell", { name: "+1556" }));
    await expectAccessible(page);
    await page.getByRole("link", { name: /^All changes of settings/ }).click();
    await expectShown(
      page.getByText(/ changed the settings: blocked prefixes .*\+1556\.$/).first(),
    );
    await running.client.projects.update.mutate({ blockedPrefixes: null });
  });

  test("see both values when they change the same, and choose", async () => {
    const a = await settings();
    await running.client.projects.update.mutate({ budget: { perDayUSD: "9.00" } });
    await a.getByLabel("A day, US dollars").fill("7.00");
    await a.getByRole("button", { name: "Save budget" }).click();
    const stale = panel(a, "Budget").locator('[data-stale="budget"]');
    await expectShown(stale.getByText(/\$9\.00 a day/));
    await expectShown(stale.getByText("$7.00 a day"));
    await expectAccessible(a);
    expect((await project()).budget).toMatchObject({ perDayUSD: "9.00" });
    await panel(a, "Budget").getByRole("button", { name: "Keep the saved values" }).click();
    await expect.poll(() => a.getByLabel("A day, US dollars").inputValue()).toBe("9.00");
    expect(await stale.count()).toBe(0);

    await running.client.projects.update.mutate({ callsPerSecond: 3 });
    await a.getByLabel("Calls per second").fill("5");
    await a.getByRole("button", { name: "Save rate limit" }).click();
    await expectShown(panel(a, "Rate limit").locator('[data-stale="callsPerSecond"]'));
    // In between it is changed once more: what was not shown is not undone either.
    await running.client.projects.update.mutate({ callsPerSecond: 4 });
    await panel(a, "Rate limit").getByRole("button", { name: "Overwrite with mine" }).click();
    await expectShown(panel(a, "Rate limit").getByRole("cell", { name: "4", exact: true }));
    await panel(a, "Rate limit").getByRole("button", { name: "Overwrite with mine" }).click();
    await expectShown(panel(a, "Rate limit").getByText("Saved."));
    expect((await project()).callsPerSecond).toBe(5);
  });

  test("are told so, in each width and scheme", async () => {
    const page = await settings(EVERY_LOOK[0]);
    const title = page.getByText("Project", { exact: true });
    await page.locator("summary").filter({ has: title }).click();
    await running.client.projects.update.mutate({
      name: "Die Nachtschicht am Wochenende, die in keine Spalte passt",
    });
    await panel(page, "Project").getByLabel("Name").fill("منى الراشد und alle anderen");
    await page.getByRole("button", { name: "Save project" }).click();
    await expectShown(page.locator('[data-stale="name"]'));
    await inEachLook(page, async ({ width, scheme }) => {
      await expectAccessible(page);
      if (PICTURES === undefined) return;
      await panel(page, "Project").scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${PICTURES}/stale-${width}-${scheme}.png` });
    });
  });
});
