import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

const gather = { say: "Press 4.", on: { "4": { acknowledge: true } } };
const ASKS = [{ say: "The database is down." }, { gather }];
const TWICE = { maxAttempts: 2, backoff: { type: "fixed" as const, delaySeconds: 1 } };

describe.skipIf(!HAS_BROWSER)("one call in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
  });
  afterAll(() => running?.close());

  test("at 3 a.m. one click tells that she pressed 4 on the second attempt", async () => {
    await running.placed({
      toNumber: "+15550100116",
      say: ASKS,
      retry: TWICE,
      reachedWhen: "acknowledged",
      incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Database down" },
    });
    const page = await running.signedIn();
    await page.locator("[data-call]", { hasText: "Database down" }).locator("a").click();
    await expect
      .poll(() => page.locator("[data-sentence]").textContent())
      .toMatch(/pressed 4 at \d\d:\d\d:\d\d on attempt 2 of 2\. Attempt 1: the line was busy\./);
    const first = page.getByRole("region", { name: "Attempt 1" });
    await expectShown(first.getByText("SIP: 486, busy"));
    await expectAccessible(page);
  });

  test("what callbacks carried is shown on demand, and not before", async () => {
    const id = await running.placed({ toNumber: "+15550100100", say: ASKS });
    const page = await running.signedIn();
    await page.goto(`/calls/${id}`);
    const show = page.getByRole("button", { name: "Show the raw payloads" });
    await show.waitFor();
    expect(await page.locator("[data-payload]").count()).toBe(0);
    await show.click();
    await expectShown(page.locator("[data-payload]", { hasText: "CallStatus: ringing" }));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Hide the raw payloads" }).click();
    await expect.poll(() => page.locator("[data-payload]").count()).toBe(0);
  });

  test("the way back keeps the filters of the list", async () => {
    await running.placed({ toNumber: "+15550100110", say: "x", tags: ["back"] });
    const page = await running.signedIn();
    await page.goto("/?tag=back");
    await page.locator("[data-call] a").first().click();
    await page.getByRole("link", { name: "All calls" }).click();
    await expect.poll(() => page.url()).toMatch(/\?tag=back$/);
  });

  test("before calling again the number, the hour there and the price are shown", async () => {
    const id = await running.placed({
      toNumber: "+15550100100",
      say: "x",
      timeZone: "Asia/Tokyo",
    });
    const page = await running.signedIn();
    await page.goto(`/calls/${id}`);
    await page.getByRole("button", { name: "Call again" }).click();
    const preview = page.locator("[data-preview]");
    await expectShown(preview.getByText("+15550100100"));
    await expectShown(preview.getByText(/\d\d:\d\d \(Asia\/Tokyo\)/));
    await expectShown(preview.getByText(/about \$|unknown/));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Yes, call again" }).click();
    await page.waitForURL((address) => !address.pathname.endsWith(id));
    await expectShown(page.getByRole("link", { name: id }));
  });

  test("a sensitive call hides its text, and says why it can't be called again", async () => {
    const id = await running.placed({
      toNumber: "+15550100110",
      say: "Your secret is swordfish",
      sensitive: true,
    });
    const page = await running.signedIn();
    await page.goto(`/calls/${id}`);
    await expectShown(page.getByText("Hidden: the call is sensitive."));
    expect(await page.getByText("swordfish").count()).toBe(0);
    await page.getByRole("button", { name: "Call again" }).click();
    await expectShown(page.getByText(/the spoken text of this sensitive call was deleted/));
    expect(await page.getByRole("button", { name: "Yes, call again" }).isDisabled()).toBe(true);
  });

  test("a call that is held as unknown is resolved by a person", async () => {
    const { _id } = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100142",
      say: "x",
    });
    const page = await running.signedIn();
    await page.goto(`/calls/${_id}`);
    await expectShown(page.getByText("Was this call placed?"));
    await page.getByLabel("It was placed, with this id at the provider").click();
    await page.getByLabel("Id of the call at the provider").fill("SIMnone");
    await page.getByRole("button", { name: "Resolve" }).click();
    await expectShown(page.getByText("the provider knows no such call"));
    await expectAccessible(page);
    await page.getByLabel("It was never placed").click();
    await page.getByRole("button", { name: "Resolve" }).click();
    await expectShown(page.locator("[data-sentence]").getByText("was never placed"));
  });

  test("numbers are masked for a key that may not see them, and there are no raw payloads", async () => {
    const id = await running.placed({ toNumber: "+15550100100", say: "Call +15550100100 back" });
    const { key } = await running.keyWith(["Read Masked Call Log"]);
    const page = await running.signedIn({ key });
    await page.goto(`/calls/${id}`);
    await expectShown(page.getByRole("heading", { name: "+1555•••••00" }));
    await expectShown(page.getByText("Hidden: your key has masked access."));
    expect(await page.content()).not.toContain("+15550100100");
    expect(await page.getByRole("button", { name: "Show the raw payloads" }).count()).toBe(0);
    await page.goto("/?to=%2B1555");
    await expectShown(page.getByText(/may not search, sort or group by toNumber/));
  });

  test("a call is built of steps, and the server's words stand at their fields", async () => {
    const page = await running.signedIn();
    await page.goto("/place");
    await page.getByLabel("Number").fill("0151 23");
    await page.getByLabel("Spoken text").fill("The database is down.");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await expectShown(page.getByText("must be a phone number with its country code"));
    await page.getByRole("button", { name: "+15550100100" }).click();
    await page.getByRole("button", { name: "Add a pause" }).click();
    await page.getByLabel("Silence in seconds").fill("100");
    await page.getByRole("button", { name: "Ask for a digit" }).click();
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await expectShown(page.getByText("must be at most 60 seconds"));
    await expectAccessible(page);
    await page.getByLabel("Silence in seconds").fill("1");
    const zone = page.getByRole("combobox", { name: "The callee's time zone" });
    await zone.fill("Mars/Olympus");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await expectShown(page.getByText("must be a time zone by its IANA name"));
    await zone.fill("Europe/Berlin");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await expectShown(page.locator("[data-sentence]").getByText(/pressed 4/));
  });
});
