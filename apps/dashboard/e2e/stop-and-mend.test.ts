import { waitFor } from "@call-log/testing";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

/** Rings for 25 seconds of the carrier, which are as many here. */
const RINGS_LONG = "+15550100144";
const ANSWERS = "+15550100100";

/** Counts the clicks of a journey. */
function journey() {
  const counted = { clicks: 0 };
  const click = async (what: Locator) => {
    await what.click();
    counted.clicks += 1;
  };
  return { counted, click };
}

describe.skipIf(!HAS_BROWSER)("pause, mend, call again (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard({ SIMULATED_SPEED: "1" });
  });
  afterAll(() => running.close());

  const notice = (page: Page, name: string) => page.locator(`[data-notice="${name}"]`);
  const pauseButton = (page: Page) =>
    page.getByRole("button", { name: /^Pause (project|everything)$/ }).filter({ visible: true });
  const inDialog = (page: Page, name: string | RegExp) =>
    page.getByRole("dialog").getByRole("button", { name, exact: typeof name === "string" });
  const paused = async () => (await running.client.projects.get.query()).paused;

  test("journey d: everything is paused in two clicks and a reason, and goes on in one", async () => {
    const page = await running.signedIn();
    await page.goto("/costs");
    const { counted, click } = journey();
    await click(pauseButton(page));
    const dialog = page.getByRole("dialog");
    await expectShown(dialog.getByText(/^No call of the project .* is dialled until/));
    await expectShown(dialog.getByText("Pause all calls of Demo"));
    await expectShown(dialog.getByText("No call is open now."));
    await expectShown(dialog.getByText(/^A running call goes on, unless you end it/));
    await expectShown(dialog.getByText(/^New requests are taken, and their calls wait/));
    await expectShown(
      dialog.getByText(/^To resume: "Resume calls" .*Project Owner or Project Admin/),
    );
    await dialog.getByLabel("Reason").waitFor();
    await page.keyboard.type("Calls loop");
    await expectAccessible(page);
    await click(inDialog(page, "Pause project"));
    await expectShown(dialog.getByText(/^Paused at \d\d:\d\d:\d\d$/));
    expect(counted.clicks).toBe(2);
    expect(await paused()).toMatchObject({ reason: "Calls loop", by: { kind: "key" } });
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expectShown(notice(page, "pause").getByText(/^Paused by key .*Calls loop/));

    // Nothing is green while calls are held.
    await page.goto("/system");
    await expectShown(page.locator('[data-provider="simulated"]').getByText("calls are held"));
    await expectAccessible(page);
    await notice(page, "pause").getByRole("button", { name: "Resume calls" }).click();
    await notice(page, "pause").waitFor({ state: "detached" });
    expect(await paused()).toBeUndefined();
  });

  test("ringing calls are ended when that is chosen, waiting ones are kept; on a phone, by a thumb", async () => {
    const { client } = running;
    const { _id: ringing } = await client.calls.dispatch.mutate({ toNumber: RINGS_LONG, say: "x" });
    const statusOf = async (id: string) =>
      (await client.callLog.getItem.query({ id, select: { status: true } })).status;
    await waitFor(async () => (await statusOf(ringing)) === "Ringing", {
      describe: "a ringing call",
    });
    const scheduledAt = new Date(Date.now() + 86_400_000).toISOString();
    const later = { toNumber: ANSWERS, say: "x", scheduledAt };
    const { _id: waiting } = await client.calls.dispatch.mutate(later);
    const page = await running.signedIn({ looks: { width: 390, scheme: "dark" } });
    const box = await pauseButton(page).boundingBox();
    expect(box!.y).toBeGreaterThan(450);
    expect(box!.height).toBeGreaterThanOrEqual(36);
    await pauseButton(page).click();
    await expectShown(page.getByText(/^1 call waits now: /));
    await page.getByLabel("Reason").fill("Wrong number");
    await expectAccessible(page);
    await inDialog(page, "Pause, and end 1 running call").click();
    await expectShown(page.locator("[data-stopped]").getByText("1 call was ended."));
    expect(await statusOf(ringing)).toBe("Canceled");
    expect(await statusOf(waiting)).toBe("Scheduled");
    await client.projects.resume.mutate();
  });

  test("who may not pause or place calls has neither the button nor the form, also by its address", async () => {
    const { key } = await running.keyWith(["Viewer"]);
    const viewer = await running.signedIn({ key });
    await expectShown(viewer.getByText("SANDBOX").filter({ visible: true }));
    expect(await pauseButton(viewer).count()).toBe(0);
    await viewer.goto("/place");
    await expectShown(viewer.getByText(/^Your key may not place calls/));
  });

  test("an operator pauses every provider of the installation, and resumes them in one click", async () => {
    const { key } = await running.keyWith(["Operator"]);
    const page = await running.signedIn({ key });
    await pauseButton(page).click();
    await expectShown(page.getByText(/^No call of any project is dialled/));
    await page.getByLabel("Reason").fill("Storm");
    await expectAccessible(page);
    await inDialog(page, "Pause everything").click();
    await expectShown(page.locator("[data-stopped]"));
    await page.keyboard.press("Escape");
    const owner = await running.signedIn();
    await expectShown(notice(owner, "every-provider").getByText(/^All calls are paused/));
    await notice(page, "every-provider").getByRole("button", { name: "Resume calls" }).click();
    await notice(page, "every-provider").waitFor({ state: "detached" });
  });

  test("journey e: what failed is called again in five clicks, and is undone before a phone rings", async () => {
    const { client } = running;
    await client.projects.update.mutate({ budget: { perDayUSD: "0.05", reserveUSD: "0.10" } });
    const say = "The database is down.";
    const requests = [1, 2, 3].map((n) => ({ toNumber: `+1555010010${n}`, say, tags: ["low"] }));
    await client.calls.dispatchMany.mutate({ requests });
    const low = { query: { tags: "low", status: "Low Balance" } };
    await waitFor(async () => (await client.callLog.count.query(low)).count === 3, {
      describe: "three calls without balance",
    });
    await client.projects.update.mutate({ budget: null });
    const page = await running.signedIn();
    await page.goto("/?tag=low");
    const { counted, click } = journey();
    await click(page.getByLabel("Select all shown calls"));
    await click(page.getByRole("button", { name: "Call again …" }));
    const dialog = page.getByRole("dialog");
    await expectShown(dialog.getByText("This will call 3 calls again."));
    await expectAccessible(page);
    await click(inDialog(page, "Call 3 numbers again"));
    await expectShown(dialog.locator("[data-result]").getByText("3 calls called again"));
    await expectShown(dialog.locator("[data-result]").getByRole("link").nth(2));
    await expectAccessible(page);
    await inDialog(page, /^Undo \(\d+ s\)$/).click();
    await expectShown(dialog.getByText(/^3 calls canceled before a phone rang\./));
    await click(inDialog(page, "Close").last());
    expect(counted.clicks).toBeLessThanOrEqual(5);
    const canceled = { query: { tags: "low", status: "Canceled" } };
    expect((await client.callLog.count.query(canceled)).count).toBe(3);
  });

  test("a call is tried, shown as code and kept as a draft before it is placed", async () => {
    const page = await running.signedIn();
    await page.goto("/place");
    await page.getByRole("textbox", { name: "Number" }).fill(ANSWERS);
    await page.getByLabel("Spoken text").fill("It's down.");
    await page.getByLabel("Most attempts").fill("21");
    const attempt = page.getByRole("button", { name: "Try without calling" });
    await attempt.click();
    await expectShown(page.getByText("This must be a whole number from 1 to 20."));
    await page.getByLabel("Most attempts").fill("2");
    await attempt.click();
    await expectShown(page.locator("[data-dry-run]").getByText(/^It would call \+15550100100/));
    await expectShown(page.locator("[data-hear]").getByText("It's down."));
    await page.getByRole("combobox", { name: /^What the callee does/ }).click();
    await page.getByRole("option", { name: /^Busy on the first try/ }).click();
    const before = await running.client.callLog.count.query({});
    await page.getByRole("button", { name: "Rehearse", exact: true }).click();
    const rehearsal = page.locator("[data-rehearsal]");
    await expectShown(rehearsal.getByText(/was reached on/));
    await expectShown(rehearsal.getByText("The line was busy."));
    await expectShown(rehearsal.getByText("What is heard on attempt 2"));
    expect(await running.client.callLog.count.query({})).toEqual(before);
    await page.getByText("Python", { exact: true }).click();
    await expectShown(page.locator("[data-code]").getByText('"say": "It\'s down."'));
    await expectAccessible(page);
    await page.getByRole("link", { name: "Health" }).click();
    await page.goBack();
    expect(await page.getByLabel("Spoken text").inputValue()).toBe("It's down.");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await page.waitForURL(/\/calls\//);
    await page.goto("/place");
    expect(await page.getByRole("textbox", { name: "Number" }).inputValue()).toBe("");
  });
});
