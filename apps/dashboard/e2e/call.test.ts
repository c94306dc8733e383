import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

const gather = { say: "Press 4.", on: { "4": { acknowledge: true } } };
const ASKS = [{ say: "The database is down." }, { gather }];
const ANNA = { _id: "376d7300-28fe-11f1-b591-3fdcef396abb", name: "Anna Weber" };
const DORA = { _id: "376d7300-28fe-11f1-b591-3fdcef396abc", name: "Dora Deaf" };
const INCIDENT = { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Database down" };
const TWICE = { maxAttempts: 2, backoff: { type: "fixed" as const, delaySeconds: 1 } };

describe.skipIf(!HAS_BROWSER)("one call in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  let held: string;
  beforeAll(async () => {
    running = await runDashboard();
    // It is held when it was looked for in vain for a while: in that of the tests before the one that decides about it.
    ({ _id: held } = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100142",
      say: "x",
      user: { _id: "376d7300-28fe-11f1-b591-3fdcef396ab0", name: "Hanna Held" },
    }));
  });
  afterAll(() => running?.close());

  /** Clicks of a person, counted. */
  const counted = () => {
    const journey = {
      clicks: 0,
      async click(target: Locator) {
        journey.clicks += 1;
        await target.click();
      },
    };
    return journey;
  };
  const row = (page: Page, text: string) => page.locator("[data-call]", { hasText: text });

  test("journey a, did it reach her at 03:12: one click, her name, the day and the key first", async () => {
    await running.placed({
      toNumber: "+15550100116",
      say: ASKS,
      retry: TWICE,
      reachedWhen: "acknowledged",
      user: ANNA,
      incident: INCIDENT,
    });
    const page = await running.signedIn();
    const journey = counted();
    await journey.click(row(page, "Database down").locator("a").first());
    await expectShown(page.getByRole("heading", { name: "Anna Weber" }));
    await expect
      .poll(() => page.locator("[data-sentence]").textContent())
      .toMatch(
        /^Anna Weber was reached on \w+day \d+ \w+ at \d\d:\d\d \(Berlin\): a person pressed 4\. ?Attempt 1: the line was busy\./,
      );
    expect(journey.clicks).toBe(1);
    const timeline = page.getByRole("list", { name: "Timeline" });
    for (const words of [
      "Attempt 1 went to simulated.",
      "The line was busy.",
      "Attempt 2 went to simulated.",
      "4 was pressed, which acknowledges the call.",
    ])
      await expectShown(timeline.getByText(words));
    await expectAccessible(page);
  });

  test("journey b, why did it not ring: one click, the reason first and where to mend it", async () => {
    const later = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100118",
      say: "x",
      user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abd", name: "Bob Busy" },
      scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await running.client.projects.doNotCall.add.mutate({ numbers: ["+15550100118"] });
    await running.client.calls.callNow.mutate({ id: later._id, reason: "drill" });
    const page = await running.signedIn();
    const journey = counted();
    await expectShown(row(page, "Bob Busy").getByText("Failed"));
    await journey.click(row(page, "Bob Busy").locator("a").first());
    await expectShown(
      page.getByText(/^Bob Busy was not called on .*: the number is on the project's do-not-call/),
    );
    expect(journey.clicks).toBe(1);
    await expectShown(page.locator("[data-no-again]").getByText("on the project's do-not-call"));
    expect(await page.getByRole("button", { name: "Call again" }).count()).toBe(0);
    await page.locator("[data-advice]").getByRole("link", { name: "This person's page" }).click();
    await page.getByRole("button", { name: "Allow calls again" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Yes, allow calls again" }).click();
    await expectShown(page.getByText("may be called."));
    await expectAccessible(page);
  });

  test("journey f, unknown: three clicks to resolve it, after a look into the console", async () => {
    await running.client.calls.dispatch.mutate({
      toNumber: "+15550100142",
      say: "x",
      user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abe", name: "Una Known" },
    });
    const page = await running.signedIn();
    const journey = counted();
    await expectShown(row(page, "Una Known").getByText("Unknown"));
    await journey.click(row(page, "Una Known").locator("a").first());
    await expectShown(page.getByText("Was this call placed?"));
    await expectShown(page.getByText(/^It is not known (yet )?whether Una Known was called/));
    await page.getByLabel("It was placed").waitFor();
    await expectAccessible(page);
    await journey.click(page.getByLabel("It was never placed"));
    await journey.click(page.getByRole("button", { name: "Resolve" }));
    await expectShown(page.locator("[data-sentence]").getByText(/the call was never placed/));
    expect(journey.clicks).toBe(3);
  });

  test("journey g, who did it: one click, in the timeline with the reason", async () => {
    const { _id } = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100100",
      say: "x",
      user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abf", name: "Cleo Later" },
      scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await running.client.calls.cancel.mutate({ id: _id });
    const again = await running.client.calls.retry.mutate({ id: _id });
    const page = await running.signedIn();
    const journey = counted();
    const old = page.locator(`[data-call="${_id}"]`);
    await expectShown(old.getByRole("link", { name: /^called again:/ }));
    await journey.click(old.locator("a").first());
    const timeline = page.getByRole("list", { name: "Timeline" });
    await expectShown(timeline.getByText("The call was canceled. By key"));
    expect(journey.clicks).toBe(1);
    await expectShown(timeline.getByText(/^The number was called again, as another call/));
    await page.getByRole("link", { name: /^The call made again/ }).click();
    await page.waitForURL(`**/calls/${again._id}`);
    await expectShown(timeline.getByText(/^This call was requested, to call again\. By key/));
    await page.getByRole("link", { name: "The call that this one calls again" }).click();
    await page.waitForURL(`**/calls/${_id}`);
  });

  test("an incident is one story across people, and a person has a page, on a phone", async () => {
    await running.placed({ toNumber: "+15550100110", say: "x", user: DORA, incident: INCIDENT });
    const page = await running.signedIn({ looks: { width: 390, scheme: "dark" } });
    await page.goto(`/incidents/${INCIDENT._id}`);
    await expectShown(page.getByRole("heading", { name: "Database down" }));
    await expectShown(page.locator("[data-incident]").getByText(/^Anna Weber acknowledged it on/));
    const story = page.getByRole("list", { name: "Calls, oldest first" });
    await expectShown(story.getByText(/^Dora Deaf was not reached on .*: the line was busy\./));
    await expectAccessible(page);
    await page.getByRole("link", { name: "Dora Deaf" }).click();
    await page.waitForURL("**/people/+15550100110");
    await expectShown(page.locator("[data-person]").getByText("Dora Deaf was reached in 0 of"));
    await expectAccessible(page);
    await page.getByRole("list", { name: "Calls, newest first" }).getByRole("link").first().click();
    await expectShown(page.getByRole("heading", { name: "Dora Deaf" }));
    await expectAccessible(page);
  });

  test("an incident that is acknowledged names by whom and by which key, and what still comes is canceled in one act", async () => {
    const incident = { _id: "376d7300-28fe-11f1-b591-3fdcef396ac0", title: "Disk full" };
    const asks = { say: ASKS, reachedWhen: "acknowledged" as const, incident };
    const acknowledged = await running.placed({
      ...asks,
      toNumber: "+15550100116",
      retry: TWICE,
      user: ANNA,
    });
    const scheduledAt = new Date(Date.now() + 86_400_000).toISOString();
    const later = { toNumber: "+15550100100", say: "x", scheduledAt, incident };
    const { _id: waiting } = await running.client.calls.dispatch.mutate({ ...later, user: DORA });
    await running.client.calls.dispatch.mutate(later);

    const page = await running.signedIn();
    let answer = () => {};
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/incidents\.get/, async (route) => {
      await mayAnswer;
      await route.continue();
    });
    await page.goto(`/calls/${waiting}`);
    await expectShown(page.getByRole("status", { name: "Loading" }));
    // What would be moved by the incident comes with it.
    expect(await page.getByLabel("Timeline").count()).toBe(0);
    answer();
    const beside = page.locator("[data-its-incident]");
    await expectShown(beside.getByText(/^Anna Weber acknowledged it on .* with the key 4\./));
    await expectShown(beside.getByText("It is acknowledged, and 2 calls of it still come."));
    await expectAccessible(page);
    await page.getByRole("link", { name: incident.title, exact: true }).click();
    const story = page.locator("[data-incident]");
    await expectShown(story.getByRole("link", { name: "See the call" }));
    const link = story.locator(`[data-acknowledged="${acknowledged}"] a`);
    expect(await link.getAttribute("href")).toBe(`/calls/${acknowledged}`);
    const coming = page.locator("[data-coming]");
    await expectShown(
      coming.getByRole("link", { name: /^Dora Deaf will be called on .*scheduled/ }),
    );
    await expectAccessible(page);
    await coming.getByRole("button", { name: "Cancel these calls …" }).click();
    const dialog = page.getByRole("dialog");
    await expectShown(dialog.getByText("This will cancel 2 calls."));
    await expectShown(dialog.getByText(/^A call that waits is not dialled, a ringing phone stops/));
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel 2 calls" }).click();
    await expectShown(dialog.locator("[data-result]").getByText("2 calls canceled"));
    // The screen asks again meanwhile, and the result stays.
    await page.waitForResponse(/incidents\.get/);
    await expectShown(dialog.locator("[data-result]").getByText("2 calls canceled"));
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await coming.waitFor({ state: "detached" });
    await expectShown(story.getByText("2 calls of it were canceled after that."));
    const calls = page.getByRole("list", { name: "Calls, oldest first" });
    await expectShown(calls.getByText(/^The call to Dora Deaf was canceled on .* by key/));
    expect(
      (await running.client.callLog.getItem.query({ id: acknowledged, select: { status: true } }))
        .status,
    ).toBe("Completed");

    const { key } = await running.keyWith(["Viewer"]);
    await running.client.calls.dispatch.mutate(later);
    const viewer = await running.signedIn({ key });
    await viewer.goto(`/incidents/${incident._id}`);
    await expectShown(viewer.locator("[data-coming]"));
    expect(await viewer.getByRole("button", { name: "Cancel these calls …" }).count()).toBe(0);
  });

  test("what callbacks carried and what is said are there on demand", async () => {
    const id = await running.placed({
      toNumber: "+15550100100",
      say: [{ say: "Down \u0007now." }, ...ASKS],
      language: "de-DE",
    });
    const page = await running.signedIn();
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      speechSynthesis.speak = ({ text, lang }) => void heard.push(`${lang}: ${text}`);
    });
    await page.goto(`/calls/${id}`);
    await page.getByRole("button", { name: "Hear it" }).click();
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard))
      .toEqual(["de-DE: Down now.", "de-DE: The database is down.", "de-DE: Press 4."]);
    await expectShown(page.getByText("A preview by your browser; the provider's voice differs."));
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    expect(await page.locator("[data-raw]").count()).toBe(0);
    await page.getByRole("button", { name: "Show the raw facts" }).click();
    await expectShown(page.locator("[data-payload]", { hasText: "CallStatus: ringing" }));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Hide the raw facts" }).click();
    await expect.poll(() => page.locator("[data-raw]").count()).toBe(0);
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
    await expectShown(preview.getByText(/(about|less than) \$|unknown/));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Yes, call again" }).click();
    await page.waitForURL((address) => !address.pathname.endsWith(id));
    await expectShown(page.getByRole("link", { name: "The call that this one calls again" }));
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
    await expectShown(page.getByText(/the spoken text of this sensitive call was deleted/));
    expect(await page.getByRole("button", { name: "Call again" }).count()).toBe(0);
  });

  test("a call that is held as unknown is resolved by a person", async () => {
    const { _id } = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100142",
      say: "x",
    });
    const page = await running.signedIn();
    await page.goto(`/calls/${_id}`);
    await expectShown(page.getByText("Was this call placed?"));
    await page.getByLabel("It was placed").click();
    await page.getByLabel("Id of the call at the provider").fill("SIMnone");
    await page.getByRole("button", { name: "Resolve" }).click();
    await expectShown(page.getByText("the provider knows no such call"));
    await expectAccessible(page);
    await page.getByLabel("It was never placed").click();
    await page.getByRole("button", { name: "Resolve" }).click();
    await expectShown(page.locator("[data-sentence]").getByText("the call was never placed"));
  });

  test("numbers are masked for a key that may not see them, and there are no raw payloads", async () => {
    const id = await running.placed({ toNumber: "+15550100100", say: "Call +15550100100 back" });
    const { key } = await running.keyWith(["Read Masked Call Log"]);
    const page = await running.signedIn({ key });
    await page.goto(`/calls/${id}`);
    await expectShown(page.getByRole("heading", { name: "+1555•••••00" }));
    await expectShown(page.getByText("Hidden: your key has masked access."));
    expect(await page.content()).not.toContain("+15550100100");
    expect(await page.getByRole("button", { name: "Hear it" }).count()).toBe(0);
    await page.goto("/?to=%2B1555");
    await expectShown(page.getByText(/you cannot search, sort or group by the called number/));
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

  test("what is held is decided in Health: whom, when, and two clicks", async () => {
    const page = await running.signedIn();
    await page.goto("/system");
    const problem = page.locator('[data-problem="unknown-held"]');
    const line = problem.locator(`[data-held="${held}"]`);
    await line.waitFor();
    await expectShown(line.getByText(/^Hanna Held, requested \d+ \w+ \d{4} \d\d:\d\d, /));
    // Ids and commands are for those who unfold them.
    expect(await problem.innerText()).not.toMatch(/[\da-f]{8}-[\da-f]{4}|call-log resolve/);
    await expectAccessible(page);
    await line.getByRole("button", { name: "It was placed" }).click();
    await page.getByRole("dialog").getByLabel("Id of the call at the provider").fill("SIMnone");
    await page.getByRole("button", { name: "Take over this call" }).click();
    await expectShown(page.getByText("the provider knows no such call"));
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    const journey = counted();
    await journey.click(line.getByRole("button", { name: "It was never placed" }));
    await expectShown(
      page.getByRole("dialog").getByText("The call ends as Failed. Nothing is dialled."),
    );
    await expectAccessible(page);
    await journey.click(page.getByRole("button", { name: "Yes, it was never placed" }));
    await line.waitFor({ state: "detached" });
    expect(journey.clicks).toBe(2);
  });
});
