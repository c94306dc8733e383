import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { EXAMPLE_BODIES } from "@call-log/model";
import { waitFor } from "@call-log/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** Where the screens are drawn, when the environment names a folder. */
const PICTURES = process.env["SCREENS_SCREENSHOTS"];

/** The simulated person who presses 4. */
const ADA = "+15550100100";
const SILENCE = "4215d35d-36c3-446a-9228-5d109ca3b1ae";

describe.skipIf(!HAS_BROWSER)("alert sources in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  /** Silences that Alertmanager was asked to make. */
  const silences: { comment: string; matchers: unknown[] }[] = [];
  const alertmanager = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isPost = request.method === "POST";
      if (isPost) silences.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(isPost ? { silenceID: SILENCE } : []));
    });
  });
  let address = "";
  beforeAll(async () => {
    running = await runDashboard();
    await new Promise<void>((resolve) => alertmanager.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(alertmanager.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    alertmanager.closeAllConnections();
    alertmanager.close();
    await running?.close();
  });

  const post = (url: string, body: unknown) =>
    fetch(url, { method: "POST", body: JSON.stringify(body) });
  const drawn = async (page: Page, name: string) => {
    await expectAccessible(page);
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  };

  test("one is made by keyboard, tried, and then an alert rings, is acknowledged and silenced", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByRole("link", { name: "Alert sources" }).click();
    await expectShown(page.getByText(/^No program sends alerts yet/));
    await page.getByRole("link", { name: "New alert source" }).click();

    const name = page.getByLabel(/^Name/);
    await name.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(2);
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
    await drawn(page, "alert-sources-refused");
    await page.keyboard.type("Prometheus");
    await page.keyboard.press("Tab");
    await page.keyboard.type(ADA);
    await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(0);

    await page.getByRole("button", { name: "Show what would happen" }).click();
    const results = page.locator("[data-dry-run]");
    await expectShown(results.getByText("2 calls are placed.", { exact: true }));
    await expectShown(results.getByText(/The database of shop\.example is down.*Press 4/));
    await page.getByLabel("Notification as JSON").fill('{"alerts": [{"status": "odd"}]}');
    await page.getByRole("button", { name: "Show what would happen" }).click();
    await expectShown(results.getByText(/alerts\[0\]\.status: must be "firing" or "resolved"/));
    await page.getByLabel("Notification as JSON").fill("{");
    await page.getByRole("button", { name: "Show what would happen" }).click();
    await expectShown(page.getByText(/^The notification is not valid JSON/));
    await drawn(page, "alert-sources-new");

    await name.focus();
    await page.keyboard.press("Enter");
    const shown = page.locator("[data-address]");
    await expectShown(shown);
    const url = (await shown.textContent())!;
    expect(url).toMatch(new RegExp(`^${running.url}/in/alertmanager/[0-9a-f]{32}$`));
    await expectShown(page.locator("[data-snippet]", { hasText: `- url: ${url}` }));
    await drawn(page, "alert-sources-address");
    await page.getByRole("link", { name: "Go to the source" }).click();

    await page.getByLabel("What is done there").selectOption("alertmanager");
    await page.getByRole("button", { name: "Save what is sent back" }).click();
    await expectShown(page.getByText("must be an http or https address"));
    await page.getByRole("textbox", { name: "Address", exact: true }).fill(address);
    await page.getByLabel("Silenced for").fill("30");
    await page.getByLabel(/^Password, or bearer token/).fill("a-secret-of-alertmanager");
    await page.getByRole("button", { name: "Save what is sent back" }).click();
    await expectShown(page.getByText("One is saved. Empty: it stays, unless the host changes"));
    expect(await page.content()).not.toContain("a-secret-of-alertmanager");
    await page.getByRole("button", { name: "Test it" }).click();
    await page.getByRole("button", { name: "Send the test" }).click();
    await expectShown(page.getByText("The source answered 200"));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close" }).click();

    const body = EXAMPLE_BODIES.alertmanager as { alerts: object[] };
    const answer = await post(url, { ...body, alerts: [body.alerts[0], { status: "odd" }] });
    const { results: answers } = (await answer.json()) as { results: { callLogId?: string }[] };
    const { callLogId } = answers[0]!;
    await waitFor(() => silences.length === 2, {
      describe: "the silence of the acknowledged alert",
    });
    expect(silences[1]).toMatchObject({
      comment: expect.stringContaining("pressed 4"),
      matchers: expect.arrayContaining([expect.objectContaining({ value: "PostgresDown" })]),
    });
    await expectShown(page.getByText(/^Alert 2 refused: alerts\[1\]\.status: must be/));
    await drawn(page, "alert-sources-one");

    await page.goto(`/calls/${callLogId}`);
    const alert = page.getByRole("region", { name: "Alert", exact: true });
    await expectShown(alert.getByText(`Silenced by silence ${SILENCE}`));
    expect(await page.getByRole("region", { name: "Webhooks" }).count()).toBe(0);
    await drawn(page, "alert-sources-call");
    await alert.getByRole("link", { name: "Prometheus (Prometheus Alertmanager)" }).click();
    await expectShown(page.getByRole("heading", { name: "Prometheus", level: 1 }));
  });

  test("an address that was replaced, and a pause, are seen in the list, on a phone too", async () => {
    const { client } = running;
    const rule = { to: ADA };
    const created = await client.alertSources.create.mutate({
      name: "Kuma",
      kind: "uptime-kuma",
      rule,
    });
    const { _id: id } = created.source;
    const page = await running.signedIn({ looks: { width: 390, scheme: "dark" } });
    await page.goto(`/alert-sources/${id}`);
    await page.getByLabel("The present address stays valid for").fill("0");
    await page.getByRole("button", { name: "Make a new address" }).click();
    const shown = page.locator("[data-address]");
    await expectShown(shown);
    const body = EXAMPLE_BODIES["uptime-kuma"];
    expect((await post(`${running.url}${created.path}`, body)).status).toBe(401);
    await expectShown(page.locator('[data-notification="401"]'));
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("button", { name: "Yes, pause" }).click();
    await expectShown(page.getByText("paused", { exact: true }));
    expect((await post((await shown.textContent())!, body)).status).toBe(200);
    await drawn(page, "alert-sources-one-390");
    await page.getByRole("link", { name: "All alert sources" }).click();
    const line = page.locator(`[data-source="${id}"]`);
    await expectShown(line.getByText(/answered 200, 1 ignored/));
    await expectShown(line.getByText(/answered 401, The token is not valid/));
    await drawn(page, "alert-sources-390");
    await page.goto("/alert-sources/new");
    await page.getByLabel("Program").selectOption("json");
    await page.getByLabel(/^Name/).fill("Jobs");
    await page.getByLabel(/^Number/).fill(ADA);
    await page.getByRole("button", { name: "Show what would happen" }).click();
    await expectShown(page.getByText(/The job backup has failed/).first());
    await drawn(page, "alert-sources-new-390");
  });

  test("a key that may only read sees of whom the alert is, and no forms", async () => {
    const { key } = await running.keyWith(["Viewer"]);
    const page = await running.signedIn({ key });
    await page.goto("/alert-sources");
    await expectShown(page.getByText(/^Your key may not read alert sources/));
    const [call] = (await running.client.callLog.getList.query({ limit: 1 })).data;
    await page.goto(`/calls/${call!._id}`);
    const alert = page.getByRole("region", { name: "Alert", exact: true });
    await expectShown(alert.getByText(/^From/));
    expect(await alert.getByRole("link", { name: /Prometheus/ }).count()).toBe(0);
  });
});
