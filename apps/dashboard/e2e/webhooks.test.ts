import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { waitFor } from "@call-log/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { EVERY_LOOK, expectAccessible, expectShown, HAS_BROWSER, inEachLook } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** Where the screens are drawn, when the environment names a folder. */
const PICTURES = process.env["SCREENS_SCREENSHOTS"];

describe.skipIf(!HAS_BROWSER)("webhooks in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  let status = 204;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status).end(status === 204 ? undefined : "the bot is on holiday");
  });
  let receiver = "";
  beforeAll(async () => {
    running = await runDashboard();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await running?.close();
  });

  const dialog = (page: Page) => page.getByRole("dialog");
  const close = async (page: Page) => {
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => dialog(page).count()).toBe(0);
  };

  test("settings lead to them; one is created, tested, edited, rotated, disabled and deleted", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByRole("link", { name: "Webhooks" }).click();
    await expectShown(page.getByText("No address gets events yet."));
    await expectAccessible(page);
    await page.getByRole("button", { name: "New endpoint" }).click();
    await dialog(page).getByLabel("Address").fill("ftp://x");
    await page.getByRole("button", { name: "Create the endpoint" }).click();
    await expectShown(dialog(page).getByText(/^must be an http or https address/));
    await expectAccessible(page);
    await dialog(page).getByLabel("Address").fill(`${receiver}/bot`);
    await dialog(page).getByLabel("Description").fill("Incident bot");
    await page.getByRole("button", { name: "Create the endpoint" }).click();
    expect(await page.locator("[data-secret]").textContent()).toMatch(/^whsec_/);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Done" }).click();
    const line = page.locator("[data-endpoint]", { hasText: "Incident bot" });
    await expectShown(line.getByText("Every type of event"));

    await line.getByRole("button", { name: "Test" }).click();
    await page.getByRole("button", { name: "Send a test event" }).click();
    await expectShown(dialog(page).getByText("The receiver answered 204"));
    await expectAccessible(page);
    await close(page);

    await line.getByRole("button", { name: "Edit" }).click();
    await dialog(page)
      .getByLabel(/^Price final/)
      .uncheck();
    await page.getByRole("button", { name: "Save the endpoint" }).click();
    await expect.poll(() => line.textContent()).not.toContain("Every type of event");

    await line.getByRole("button", { name: "Secret" }).click();
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    await dialog(page).getByLabel("The old secret signs, too, for").fill("2");
    await page.getByRole("button", { name: "Rotate the secret" }).click();
    await expectShown(dialog(page).getByText(/The old secret signs beside it until/));
    await page.getByRole("button", { name: "Done" }).click();

    await line.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("button", { name: "Yes, disable" }).click();
    await expectShown(line.getByText("disabled", { exact: true }));
    await line.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Yes, delete" }).click();
    await expectShown(page.getByText("No address gets events yet."));
  });

  test("a failed delivery shows its attempts, and arrives when it is sent again", async () => {
    const { client } = running;
    status = 503;
    const { endpoint } = await client.webhooks.create.mutate({
      url: `${receiver}/a-receiver-with-a-long-address`,
      events: ["call.exhausted"],
    });
    const callLogId = await running.placed({ toNumber: "+15550100110", say: "x" });
    const tried = async () =>
      (await client.webhooks.deliveries.list.query({ callLogId })).data[0]?.tries.length;
    await waitFor(tried, { describe: "the first attempt" });
    const page = await running.signedIn({ looks: EVERY_LOOK[0]! });
    await page.goto("/webhooks");
    await page
      .getByRole("button", { name: /^Show attempts/ })
      .first()
      .click();
    await expectShown(
      page
        .locator("[data-details]")
        .getByText(/the bot is on holiday/)
        .first(),
    );
    await expectShown(page.getByText('"type": "call.exhausted"'));
    await expectShown(
      page.locator(`[data-endpoint="${endpoint._id}"]`).getByText("failing", { exact: true }),
    );
    await inEachLook(page, async ({ width, scheme }) => {
      await expectAccessible(page);
      if (PICTURES === undefined) return;
      const file = `${PICTURES}/webhooks-${width}-${scheme}.png`;
      await page.screenshot({ path: file, fullPage: true });
    });
    status = 204;
    await page.goto(`/calls/${callLogId}`);
    const panel = page.getByRole("region", { name: "Webhooks" });
    await panel.getByRole("button", { name: /^Show attempts/ }).click();
    await panel.getByRole("button", { name: "Send again" }).click();
    await expectShown(panel.getByText("delivered", { exact: true }));
    await expectAccessible(page);
  });

  test("a key that may only read sees no actions, and only the host of an address", async () => {
    const { key } = await running.keyWith(["Viewer"]);
    const page = await running.signedIn({ key });
    await page.goto("/webhooks");
    const line = page.locator("[data-endpoint]").first();
    await expectShown(line.getByText(`${receiver}/…`));
    expect(await line.getByRole("button").count()).toBe(0);
    expect(await page.getByRole("button", { name: "New endpoint" }).count()).toBe(0);
    await page
      .getByRole("button", { name: /^Show attempts/ })
      .first()
      .click();
    await expectShown(page.getByText('"type": "call.exhausted"'));
    expect(await page.getByRole("button", { name: "Send again" }).count()).toBe(0);
  });

  test("an operator has those of the installation", async () => {
    const { key } = await running.keyWith(["Operator"]);
    const page = await running.signedIn({ key });
    await page.getByRole("link", { name: "Webhooks" }).click();
    await expectShown(page.getByText(/^Problems of the installation/));
    await page.getByRole("button", { name: "New endpoint" }).click();
    await expectShown(dialog(page).getByLabel(/^Problem began/));
    expect(
      await dialog(page)
        .getByLabel(/^Status changed/)
        .count(),
    ).toBe(0);
    await expectAccessible(page);
  });
});
