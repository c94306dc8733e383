import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";
import { englishTexts, untranslated } from "./untranslated.ts";

/** Texts of the test itself, names that every language has, and values that the audit trail shows as they are kept. */
const DATA =
  /Zoë Müller|Regal brennt|Bitte kommen|nachts|Demo|bootstrap|call-log|English|Deutsch|simulated|MongoDB|Redis|curl|TypeScript|Python|Mozilla|Project Owner|fromNumbers|providerChain|autosize/;

/** Where texts are English, messages are shown as the server writes them. */
const ENGLISH_DATA = new RegExp(
  `${DATA.source}|The line was busy|Nobody answered|Reached as requested`,
);

/** The screens in the order of the navigation. */
const SCREENS = [
  "/",
  "/people/+15550100100",
  "/incidents/376d7300-28fe-11f1-b591-3fdcef396aba",
  "/figures",
  "/costs",
  "/system",
  "/place",
  "/settings",
  "/audit",
  "/refused",
  "/webhooks",
  "/alert-sources",
  "/sessions",
];

describe.skipIf(!HAS_BROWSER)("the dashboard's languages (needs Chromium)", () => {
  let running: RunningDashboard;
  let call: string;
  beforeAll(async () => {
    running = await runDashboard();
    call = await running.placed({
      toNumber: "+15550100100",
      say: "Bitte kommen",
      tags: ["nachts"],
      incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Regal brennt" },
      user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abd", name: "Zoë Müller" },
    });
    await running.placed({ toNumber: "+15550100110", say: "Bitte kommen" });
    await running.placed({ toNumber: "+15550100111", say: "Bitte kommen" });
    for (let more = 0; more < 2; more += 1)
      await running.placed({ toNumber: "+15550100100", say: "Bitte kommen" });
    await running.client.projects.doNotCall.add.mutate({ numbers: ["+15550100999"] });
  });
  afterAll(() => running?.close());

  const places = () => [...SCREENS, `/calls/${call}`];

  async function speaking(language: string, width: number): Promise<Page> {
    const page = await running.signedIn({ looks: { width, scheme: "light" } });
    await page.evaluate((tag) => localStorage.setItem("call-log.language", tag), language);
    return page;
  }

  async function open(page: Page, place: string): Promise<void> {
    await page.goto(place);
    await page.locator("h1").waitFor();
    // Everything that a screen loads is there: what loads has a name, or is busy.
    await page.waitForFunction(
      () =>
        document.querySelector(".mantine-Loader-root, .mantine-Skeleton-root, [aria-busy=true]") ===
        null,
    );
  }

  test("German is chosen at the foot and kept, with its dates and money", async () => {
    const page = await running.signedIn();
    await page.getByLabel("Language").selectOption("Deutsch");
    await expectShown(page.getByRole("heading", { name: "Anrufe" }));
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await page.goto("/costs");
    await expectShown(page.locator("[data-total]").getByText(/^\d+,\d\d\s\$/));
    await page.goto(`/calls/${call}`);
    await expect
      .poll(() => page.locator("[data-sentence]").textContent())
      .toMatch(/^Zoë Müller wurde .*um \d\d:\d\d/);
    await expectShown(page.getByText(/^\d+\. \S+ \d{4} \d\d:\d\d:\d\d$/).first());
  });

  test("no screen has English on it in German, wide and narrow", async () => {
    const page = await speaking("de", 1440);
    for (const place of places()) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await open(page, place);
      expect.soft([place, ...(await englishTexts(page, DATA))]).toEqual([place]);
      await expectFits(page, place);
      expect.soft([place, ...(await cutOff(page))]).toEqual([place]);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 900 });
      await expectFits(page, place);
      expect.soft([place, ...(await englishTexts(page, DATA))]).toEqual([place]);
    }
  });

  test("every text is in the catalogue, and right-to-left fits, wide and narrow", async () => {
    const page = await speaking("ar-XB", 1440);
    for (const place of places()) {
      await page.setViewportSize({ width: 390, height: 900 });
      await open(page, place);
      expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
      expect.soft([place, ...(await untranslated(page, ENGLISH_DATA))]).toEqual([place]);
      await expectFits(page, place);
      await page.setViewportSize({ width: 1440, height: 900 });
      await expectFits(page, place);
      expect.soft([place, ...(await standingLeft(page))]).toEqual([place]);
      expect.soft([place, ...(await turnedRound(page))]).toEqual([place]);
      await expectAccessible(page);
    }
  });
});

/** Texts that stand at the left edge of a page from right to left, because they are read from left to right. */
async function standingLeft(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main [dir="auto"]:not(input, textarea)')]
      .filter((one) => {
        const { direction, textAlign, display } = getComputedStyle(one);
        return direction === "ltr" && display !== "inline" && !["right", "end"].includes(textAlign);
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  );
}

/** Headings of columns, and statuses, of which a part is not shown. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("th, th *, td .mantine-Badge-root")]
      .filter((one) => {
        const { right } = one.closest("th, td")!.getBoundingClientRect();
        return one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > right;
      })
      .map((one) => one.textContent),
  );
}

/** Numbers with their sign, and spans of hours, that are not read from left to right. */
async function turnedRound(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    const leftOf = (node: Node, at: number) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().left;
    };
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      for (const { 0: words, index } of node.nodeValue!.matchAll(/\+\d+|\d\d:\d\d–\d\d:\d\d/g))
        if (leftOf(node, index) > leftOf(node, index + words.length - 1)) found.push(words);
    return found;
  });
}

/** The page is no wider than its window, once its charts have the new width. */
async function expectFits(page: Page, place: string): Promise<void> {
  await page
    .waitForFunction(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    )
    .catch((error: Error) => {
      throw new Error(`${place} is wider than its window`, { cause: error });
    });
}
