import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

describe.skipIf(!HAS_BROWSER)("the audit trail in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
  });
  afterAll(() => running?.close());

  test("shows who did what, by act and by name, page by page", async () => {
    const { projects } = running.client;
    for (let days = 1; days <= 30; days += 1) await projects.update.mutate({ retentionDays: days });
    await projects.pause.mutate({ reason: "Drill" });
    await projects.resume.mutate();
    const page = await running.signedIn();
    await page.getByRole("link", { name: "Audit" }).click();
    await expectShown(page.getByRole("heading", { name: "Audit" }));
    await expectShown(page.locator('[data-act="session.begin"]').first());
    await expectShown(page.getByText("retention in days from 29 to 30."));
    await expectAccessible(page);
    const rows = page.locator("[data-act]");
    expect(await rows.count()).toBe(25);
    await page.getByRole("button", { name: "Older" }).click();
    await expectShown(page.getByText("retention in days from 1 to 2."));
    await page.getByRole("button", { name: "Newer" }).click();
    await expectShown(page.getByText("retention in days from 29 to 30."));
    await page.getByRole("combobox", { name: "Act" }).fill("Project paused");
    await page.getByRole("option", { name: "Project paused" }).click();
    await expect.poll(() => rows.count()).toBe(1);
    // Two lines of one minute can be told apart, and no value is shown as code.
    await expectShown(rows.getByText(/^\d+ \w+ \d{4} \d\d:\d\d:\d\d$/));
    await rows.getByText("Raw facts").click();
    await expectShown(rows.getByText("paused.reason: – → Drill"));
    expect(await rows.textContent()).not.toContain("{");
    await rows.locator("time").hover();
    await expectShown(page.getByRole("tooltip"));
    await expectAccessible(page);
    await page.getByLabel("Who").fill("nobody");
    await page.getByRole("button", { name: "Filter" }).click();
    await expectShown(page.getByText("No line matches."));
  });
});
