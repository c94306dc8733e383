import { mkdir } from "node:fs/promises";

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { EVERY_LOOK, expectAccessible, expectShown, HAS_BROWSER, inEachLook } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** Where the bar is drawn, when the environment names a folder. */
const PICTURES = process.env["SCREENS_SCREENSHOTS"];
const SCREENS = ["/", "/costs", "/system", "/place", "/settings", "/audit", "/sessions"];

describe.skipIf(!HAS_BROWSER)("what holds calls is on every screen (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
  });
  afterAll(() => running.close());

  const notice = (page: Page, name: string) => page.locator(`[data-notice="${name}"]`);
  // One for each width, and one of them is shown.
  const sandbox = (page: Page) => page.getByText("SANDBOX").filter({ visible: true });

  test("a paused project: who, since when, why, and the way back", async () => {
    const page = await running.signedIn();
    await expectShown(sandbox(page));
    await running.client.projects.pause.mutate({ reason: "Calls loop" });
    for (const screen of SCREENS) {
      await page.goto(screen);
      await expectShown(
        notice(page, "pause").getByText(
          /^Paused by key .*: no call of this project is dialled\. Calls loop, since \d+ \w+ \d{4} /,
        ),
      );
    }
    const { key } = await running.keyWith(["Viewer"]);
    const viewer = await running.signedIn({ key });
    await expectShown(notice(viewer, "pause").getByText(/Calls loop/));
    expect(await viewer.getByRole("button", { name: "Resume calls" }).count()).toBe(0);
    await page.goto("/");
    await page.getByRole("button", { name: "Resume calls" }).click();
    await notice(page, "pause").waitFor({ state: "detached" });
    expect((await running.client.projects.get.query()).paused).toBeUndefined();
    await notice(viewer, "pause").waitFor({ state: "detached" });
  });

  test("a paused provider: that it is, for a project; by whom, why and the way back for an operator", async () => {
    const { key } = await running.keyWith(["Operator"]);
    const operator = await running.signedIn({ key });
    await operator.getByRole("button", { name: "Pause simulated" }).click();
    await operator.getByLabel("Reason").fill("Bill of tenant B");
    await operator.getByRole("button", { name: "Pause", exact: true }).click();
    await expectShown(notice(operator, "every-provider").getByText(/Bill of tenant B/));
    const page = await running.signedIn();
    await expectShown(
      notice(page, "every-provider").getByText(/^All calls are paused: every provider is paused/),
    );
    expect(await page.getByText("Bill of tenant B").count()).toBe(0);
    await operator.goto("/audit");
    await notice(operator, "every-provider").getByRole("button", { name: "Resume calls" }).click();
    await notice(operator, "every-provider").waitFor({ state: "detached" });
  });

  test("that it comes moves no row under a resting pointer", async () => {
    const requests = Array.from({ length: 40 }, () => ({
      toNumber: "+15550100100",
      say: "Hello",
      scheduledAt: new Date(Date.now() + 86_400_000).toISOString(),
      tags: ["steady"],
    }));
    await running.client.calls.dispatchMany.mutate({ requests });
    const page = await running.signedIn();
    await page.goto("/?tag=steady");
    const row = page.locator("[data-call]").nth(3);
    await row.hover();
    const before = await row.boundingBox();
    await running.client.projects.pause.mutate({ reason: "Drill" });
    await expectShown(notice(page, "pause"));
    expect(await row.boundingBox()).toEqual(before);
    // Nor do calls that arrive.
    const id = await row.getAttribute("data-call");
    await running.client.calls.dispatchMany.mutate({ requests: requests.slice(0, 2) });
    await expectShown(page.getByRole("button", { name: "2 new calls" }));
    expect(await row.getAttribute("data-call")).toBe(id);
    expect(await row.boundingBox()).toEqual(before);
    await running.client.projects.resume.mutate();
  });

  test("several pages of a browser ask as often as one", async () => {
    const page = await running.signedIn();
    let asked = 0;
    page.context().on("request", (request) => {
      if (request.url().includes("system.status")) asked += 1;
    });
    const others = await Promise.all([1, 2, 3].map(() => page.context().newPage()));
    for (const other of others) {
      await other.goto("/costs");
      await expectShown(sandbox(other));
    }
    const before = asked;
    const from = Date.now();
    // Two rounds of all four pages would be eight.
    await expect.poll(() => asked - before, { interval: 100 }).toBeGreaterThanOrEqual(3);
    expect(Date.now() - from).toBeGreaterThan(5000);
  });

  test("is read by all, in each width and scheme", async () => {
    await running.client.projects.pause.mutate({
      reason: "Die Störung meldet sich immer wieder, und niemand weiß warum; bitte liegen lassen",
    });
    const page = await running.signedIn({ looks: EVERY_LOOK[0]! });
    await expectShown(notice(page, "pause"));
    await inEachLook(page, async ({ width, scheme }) => {
      await expectAccessible(page);
      if (PICTURES !== undefined)
        await page.screenshot({ path: `${PICTURES}/status-${width}-${scheme}.png` });
    });
    await running.client.projects.resume.mutate();
  });
});
