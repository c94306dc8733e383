import { readFile } from "node:fs/promises";

import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

describe.skipIf(!HAS_BROWSER)("costs, health and settings in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard({ PROVIDER_CALLS_PER_SECOND: "20" });
    await running.placed({ toNumber: "+15550100100", say: "x" });
    await running.placed({ toNumber: "+15550100110", say: "x" });
  });
  afterAll(() => running?.close());

  test("the costs lead to their calls, and are downloaded as they are shown", async () => {
    const page = await running.signedIn();
    await page.getByRole("link", { name: "Costs" }).click();
    await expectShown(page.getByText("The project has no budget, so it can spend without limit."));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV by status" }).click(),
    ]);
    const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    const statuses = rows.slice(1).map((row) => row.split(",")[0]);
    expect(new Set(statuses)).toEqual(new Set(["Busy", "Completed"]));
    expect(statuses).toHaveLength(2);
    await page
      .getByRole("table", { name: "Costs by status" })
      .getByRole("link", { name: "Busy" })
      .click();
    await expect.poll(() => page.locator("[data-call]").count()).toBe(1);
  });

  test("a budget is set with the server's words at the field, and shows what is left", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByLabel("A day, US dollars").fill("five");
    await page.getByRole("button", { name: "Save budget" }).click();
    await expectShown(page.getByText('must be US dollars as text, such as "25.00"'));
    await expectAccessible(page);
    await page.getByLabel("A day, US dollars").fill("5.00");
    await page.getByRole("button", { name: "Save budget" }).click();
    await expectShown(page.getByText("Saved."));
    await page.getByRole("link", { name: "Costs" }).click();
    await expectShown(page.locator("[data-cap]").getByText("left of $5.00"));
  });

  test("the health shows a project its calls and which provider is paused, without a switch", async () => {
    const page = await running.signedIn();
    await page.getByRole("link", { name: "Health" }).click();
    await expectShown(page.locator('[data-figure="Stuck"]').getByText("0", { exact: true }));
    const provider = page.locator('[data-provider="simulated"]');
    await expectShown(provider.getByText("running", { exact: true }));
    await expectShown(page.getByText("Only an operator can pause and resume them"));
    await expectAccessible(page);
    expect(await page.getByRole("button", { name: "Pause simulated" }).count()).toBe(0);
    expect(await page.locator("[data-worker]").count()).toBe(0);
  });

  test("an operator sees who is alive and what is in use, and holds a provider for a reason", async () => {
    const { key } = await running.keyWith(["Operator"]);
    const page = await running.signedIn({ key });
    await expectShown(page.getByRole("cell", { name: "call-dispatch" }));
    await expect.poll(() => page.locator("[data-worker]").count()).toBe(1);
    await expectShown(page.locator("[data-lag]"));
    await expectShown(page.getByText(/of 20 turns in use, 20 a second; 0 waiting/));
    await page.getByRole("button", { name: "Pause simulated" }).click();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expectShown(page.getByText("must not be empty"));
    await page.getByLabel("Reason").fill("Drill");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expectShown(page.getByText("by person: Drill"));
    const owner = await running.signedIn();
    await owner.goto("/system");
    const provider = owner.locator('[data-provider="simulated"]');
    await expectShown(provider.getByText("paused", { exact: true }));
    expect(await owner.getByText("Drill").count()).toBe(0);
    await page.getByRole("button", { name: "Resume simulated" }).click();
    await expectShown(page.getByRole("button", { name: "Pause simulated" }));
  });

  test("an operator pauses a project, which sees why and can't resume", async () => {
    const { key } = await running.keyWith(["Operator"]);
    const page = await running.signedIn({ key });
    await page.getByRole("button", { name: "Pause Demo" }).click();
    await page.getByLabel("Reason").fill("An alert loops");
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expectShown(page.getByText("by an operator: An alert loops"));
    const owner = await running.signedIn();
    await owner.goto("/settings");
    await expectShown(owner.getByText(/^Paused by an operator: An alert loops/));
    await owner.getByLabel("Reason").fill("Ours");
    await owner.getByRole("button", { name: "Pause calls" }).click();
    await expectShown(owner.getByText(/^Ours/));
    expect(await owner.getByRole("button", { name: "Resume", exact: true }).isDisabled()).toBe(
      true,
    );
    await expectAccessible(owner);
    await page.getByRole("button", { name: "Resume Demo" }).click();
    await expectShown(page.getByRole("button", { name: "Pause Demo" }));
    await owner.reload();
    await owner.getByRole("button", { name: "Resume", exact: true }).click();
    await expectShown(owner.getByRole("button", { name: "Pause calls" }));
  });

  test("an operator who opens a screen of a project sees the installation", async () => {
    const { key } = await running.keyWith(["Operator"]);
    const page = await running.signedIn({ key });
    for (const path of ["/", "/system", "/costs", "/place", "/settings", "/calls/x"]) {
      await page.goto(path);
      await expectShown(page.getByRole("heading", { name: "Installation" }));
      await expectShown(page.locator("[data-project]").getByText("Demo", { exact: true }));
    }
  });

  test("a key is made, shown once, used and revoked, and its sessions end with it", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("button", { name: "Create the key" }).click();
    await expectShown(page.getByText("must not be empty"));
    await page.getByLabel("Name").last().fill("Night shift");
    await page.getByLabel(/^Viewer/).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create the key" }).click();
    const key = (await page.locator("[data-made]").textContent()) ?? "";
    expect(key).toMatch(/^cl_/);
    // It is shown once, so neither Escape nor a click beside the dialog may take it away.
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 5);
    await expectAccessible(page);
    expect(await page.locator("[data-made]").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Done" }).click();
    const other = await running.signedIn({ key });
    await other.goto("/system");
    await expectShown(other.getByRole("heading", { name: "Health" }));
    await page
      .locator("[data-key]", { hasText: "Night shift" })
      .getByRole("button", { name: "Revoke" })
      .click();
    await page.getByRole("button", { name: "Yes, revoke" }).click();
    await expectShown(other.getByLabel("API key"));
    await expectShown(
      page.locator("[data-key]", { hasText: "Night shift" }).getByText("revoked", { exact: true }),
    );
  });

  test("a key is limited to addresses, rotated, and shows its last use", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Pager of the ward");
    await page.getByLabel(/^Viewer/).check();
    await page.getByLabel("Addresses").fill("shop.example");
    await page.getByRole("button", { name: "Create the key" }).click();
    await expectShown(page.getByText(/^must be an IP address or a range/));
    await page.getByLabel("Addresses").fill("127.0.0.0/8, ::1");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create the key" }).click();
    const key = (await page.locator("[data-made]").textContent()) ?? "";
    await page.getByRole("button", { name: "Done" }).click();
    const line = page.locator("[data-key]", { hasText: "Pager of the ward" });
    await expectShown(line.getByText(/never used, only from 127\.0\.0\.0\/8, ::1/));
    await running.signedIn({ key });
    await expect
      .poll(async () => {
        await page.reload();
        await expectShown(line);
        return line.textContent();
      })
      .toMatch(/last used .* from 127\.0\.0\.1/);
    await line.getByRole("button", { name: "Rotate" }).click();
    await page.getByLabel("The old key stays valid for").fill("2");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Rotate the key" }).click();
    expect(await page.locator("[data-made]").textContent()).toMatch(/^cl_/);
    await page.getByRole("button", { name: "Done" }).click();
    await expectShown(line.getByText("replaced", { exact: true }));
    expect(await line.count()).toBe(2);
  });

  test("one's own key is revoked only after a warning, and signs one out", async () => {
    const { id, key } = await running.keyWith(["Project Admin"]);
    const page = await running.signedIn({ key });
    await page.goto("/settings");
    await page.locator(`[data-key="${id}"]`).getByRole("button", { name: "Revoke" }).click();
    await expectShown(page.getByText("You are signed in with this key."));
    await page.getByRole("button", { name: "Yes, revoke" }).click();
    await expectShown(page.getByLabel("API key"));
  });

  test("settings are changed, and a key that may not is told so", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByLabel("Countries").fill("Germany");
    await page.getByRole("button", { name: "Save allowed numbers" }).click();
    await expectShown(page.getByText('must be a country by its two letters, such as "DE"'));
    await page.getByLabel("Countries").fill("US, DE, *");
    await page.getByLabel("Blocked prefixes").fill("+1900");
    await page.getByLabel("Satellite").check();
    await page.getByRole("button", { name: "Save allowed numbers" }).click();
    await waitFor(
      async () => (await running.client.projects.get.query()).blockedPrefixes?.[0] === "+1900",
      { describe: "the blocked beginning" },
    );
    expect((await running.client.projects.get.query()).allowedNumberTypes).toEqual(["satellite"]);
    await page.getByLabel("Calls per second").fill("2.5");
    await page.getByRole("button", { name: "Save rate limit" }).click();
    await waitFor(async () => (await running.client.projects.get.query()).callsPerSecond === 2.5, {
      describe: "the pace",
    });
    const limits = page.getByLabel("Limits");
    await limits.fill("often");
    await page.getByRole("button", { name: "Save calls to one number" }).click();
    await expectShown(page.getByText("must be a number of calls"));
    await limits.fill("2 in 60\n9 in 3600");
    await page.getByRole("button", { name: "Save calls to one number" }).click();
    await waitFor(
      async () => (await running.client.projects.get.query()).calleeLimits?.length === 2,
      { describe: "the limits of calls to one number" },
    );
    const { key } = await running.keyWith(["Viewer"]);
    const viewer = await running.signedIn({ key });
    await viewer.goto("/settings");
    await expectShown(viewer.getByText("Your key may not change settings: Viewer."));
  });
});
