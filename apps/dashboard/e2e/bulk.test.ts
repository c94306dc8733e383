import { mkdir } from "node:fs/promises";

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { EVERY_LOOK, expectAccessible, expectShown, HAS_BROWSER, inEachLook } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** Where the dialogs are drawn, when the environment names a folder. */
const PICTURES = process.env["SCREENS_SCREENSHOTS"];
const [REACHED, BUSY, NOBODY] = ["+15550100100", "+15550100110", "+15550100111"];

describe.skipIf(!HAS_BROWSER)("many calls again (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
  });
  afterAll(() => running.close());

  const placed = (toNumber: string, tag: string) =>
    running.placed({ toNumber, say: "Hello", tags: [tag], retry: { maxAttempts: 1 } });
  const calls = async (tag: string) =>
    (await running.client.callLog.count.query({ query: { tags: tag } })).count;
  const openDialog = async (page: Page, tag: string) => {
    await page.goto(`/?tag=${tag}`);
    await page.getByLabel("Select all shown calls").click();
    await page.getByRole("button", { name: "Call again …" }).click();
    return page.getByRole("dialog");
  };

  test("leave out who was reached, say price and hour, and what came of it the second time", async () => {
    for (const number of [REACHED, BUSY, NOBODY]) await placed(number, "many");
    const page = await running.signedIn();
    const dialog = await openDialog(page, "many");
    await expectShown(dialog.getByText("1 call: reached somebody"));
    await expectShown(dialog.getByText("This will call 2 calls again."));
    const facts = dialog.getByRole("table", { name: "Before calling again" });
    await expectShown(facts.getByText(/^about \$/));
    await expectShown(facts.getByText(/^2 calls: between \w{3} \d\d:\d\d/));
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Call 2 numbers again" }).click();
    const result = dialog.locator("[data-result]");
    await expectShown(result.getByText("2 calls called again"));
    await expectShown(result.getByRole("link").nth(1));
    await expectAccessible(page);
    expect(await calls("many")).toBe(5);
    await dialog.getByRole("button", { name: "Close" }).last().click();

    // The calls that were called again are left out, with a way to the new ones; nothing can be dialled twice.
    await running.client.calls.dispatch.mutate({ toNumber: BUSY, say: "x", tags: ["other"] });
    const again = await openDialog(page, "many");
    await expectShown(again.getByText("2 calls: already called again, so skipped"));
    await expectShown(again.locator("[data-outlook]").getByRole("link").nth(1));
  });

  test("are chosen without a fade, and asked about as soon as the button is pressed", async () => {
    await placed(BUSY, "prompt");
    const page = await running.signedIn();
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.goto("/?tag=prompt");
    await page.locator("[data-call]").waitFor();
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("bulk-dialog")),
    );
    const fades = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let count = 0;
          const boxes = document.querySelector(".rows tbody")!;
          boxes.addEventListener("transitionrun", () => (count += 1));
          addEventListener("selected", () => resolve(count), { once: true });
        }),
    );
    await page.getByLabel("Select all shown calls").click();
    await expectShown(page.getByText("1 selected"));
    await page.evaluate(() => dispatchEvent(new Event("selected")));
    expect(await fades).toBe(0);
    // Two frames, where a part that was waited for would take twenty.
    const isThere = await page
      .getByRole("button", { name: "Call again …" })
      .evaluate(async (button: HTMLElement) => {
        button.click();
        for (let frame = 0; frame < 2; frame += 1)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        return document.querySelector("[role=dialog]") !== null;
      });
    expect(isThere).toBe(true);
  });

  test("leave the calls selected when nothing was done, by the button and by Escape", async () => {
    await placed(BUSY, "kept");
    const page = await running.signedIn();
    const isSelected = page.getByText("1 selected");
    const dialog = await openDialog(page, "kept");
    await dialog.getByRole("button", { name: "No", exact: true }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    await expectShown(isSelected);
    await page.getByRole("button", { name: "Call again …" }).click();
    await expectShown(dialog.getByText("This will call 1 call again."));
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await isSelected.count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => isSelected.count()).toBe(0);
  });

  test("call those that were reached only when that is asked for", async () => {
    await placed(REACHED, "reached");
    const page = await running.signedIn();
    const dialog = await openDialog(page, "reached");
    await expectShown(dialog.getByText("This is not possible for any of these calls."));
    await dialog.getByLabel("Also call again 1 call that reached somebody").check();
    await dialog.getByRole("button", { name: "Call 1 number again" }).click();
    await expectShown(dialog.getByText("1 call called again"));
    expect(await calls("reached")).toBe(2);
  });

  test("that somebody else calls again meanwhile are not said to be called", async () => {
    const id = await placed(BUSY, "meanwhile");
    const page = await running.signedIn();
    const dialog = await openDialog(page, "meanwhile");
    const button = dialog.getByRole("button", { name: "Call 1 number again" });
    await button.waitFor();
    const { _id } = await running.client.calls.retry.mutate({ id });
    await button.click();
    const result = dialog.locator("[data-result]");
    await expectShown(result.getByText("0 calls called again"));
    await expectShown(result.getByText("1 call: already called again, so nothing was dialled"));
    expect(await result.getByRole("link").getAttribute("href")).toBe(`/calls/${_id}`);
    expect(await calls("meanwhile")).toBe(2);
  });

  test("a call that was called again leads to the new one, and can't be called again twice", async () => {
    const id = await placed(BUSY, "forward");
    const { _id } = await running.client.calls.retry.mutate({ id });
    const page = await running.signedIn();
    await page.goto(`/calls/${id}`);
    const forward = page.locator("[data-no-again]").getByRole("link", { name: /^that call is / });
    await expectShown(forward);
    expect(await page.getByRole("button", { name: "Call again" }).count()).toBe(0);
    await expectAccessible(page);
    await forward.click();
    await page.waitForURL(new RegExp(`/calls/${_id}$`));
  });

  test("is read by all, in each width and scheme", async () => {
    for (const number of [REACHED, BUSY]) await placed(number, "looks");
    const page = await running.signedIn({ looks: EVERY_LOOK[0]! });
    await page.goto("/?tag=looks");
    await expect.poll(() => page.locator("[data-call]").count()).toBe(2);
    for (const box of await page.getByLabel(/^Select the call to/).all()) await box.click();
    await page.getByRole("button", { name: "Call again …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Call 1 number again" }).waitFor();
    const looks = (name: string) =>
      inEachLook(page, async ({ width, scheme }) => {
        await expectAccessible(page);
        if (PICTURES !== undefined)
          await page.screenshot({ path: `${PICTURES}/${name}-${width}-${scheme}.png` });
      });
    await looks("bulk");
    await dialog.getByRole("button", { name: "Call 1 number again" }).click();
    await expectShown(dialog.locator("[data-result]"));
    await looks("bulk-done");
  });
});
