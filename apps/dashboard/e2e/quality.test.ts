import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER, type Looks } from "./browser.ts";
import { differences } from "./demo/compare-pictures.ts";
import { DATABASE, demoCalls, TEAM } from "./demo/demo-night.ts";
import { expectPicture, pictureAtRest } from "./demo/expect-picture.ts";
import { furnish } from "./demo/furnish.ts";
import { clockSettings, NIGHT } from "./demo/night-clock.ts";
import { SMALL_BREAKS } from "./demo/small-breaks.ts";
import { spokenTree } from "./demo/spoken-tree.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

const POPUP = '[role="dialog"], [role="menu"], [role="listbox"]';

/** What opens something above the page. */
interface Opened {
  /** @defaultValue the calls */
  path?: string;
  open: (page: Page) => Promise<void>;
  /** With the keyboard, the focus is where it was after Escape. */
  by?: "keyboard";
  /** Its pictures in docs/images/ begin so; a phone has one, too. */
  picture?: string;
}

const press = (name: string | RegExp) => async (page: Page) => {
  const button = page.getByRole("button", { name }).filter({ visible: true }).first();
  await button.focus();
  await page.keyboard.press("Enter");
};
const keys =
  (...typed: string[]) =>
  async (page: Page) => {
    for (const key of typed) await page.keyboard.press(key);
  };
const into = (label: string) => async (page: Page) =>
  page.getByRole("combobox", { name: label }).or(page.getByLabel(label)).first().click();
const BEFORE_OPENED: Readonly<Record<string, string>> = {
  "/": "[data-call]",
  "/settings": "[data-key]",
};

/** Every kind of them; those that other tests open with what they are for are scanned there. */
const OPENED: readonly (readonly [name: string, opened: Opened])[] = [
  ["filters", { open: press("Add filter"), by: "keyboard" }],
  [
    "the field of a filter",
    {
      open: async (page) => {
        await press("Add filter")(page);
        await press(/^Text$/)(page);
      },
      by: "keyboard",
    },
  ],
  ["the time range", { open: press(/^Time:/), by: "keyboard" }],
  ["views", { open: press("Views"), by: "keyboard" }],
  ["columns", { open: press("Columns"), by: "keyboard" }],
  [
    "the menu of a cell",
    {
      open: async (page) => {
        await page.locator('[data-call] [data-column="status"]').first().hover();
        await page.getByRole("button", { name: /^Filter by/ }).click();
      },
    },
  ],
  ["the menu of a row", { open: keys("j", "f"), by: "keyboard" }],
  ["the search", { open: keys("/"), picture: "search" }],
  ["the shortcuts", { open: keys("?") }],
  ["the pause", { open: press("Pause project"), by: "keyboard", picture: "stop" }],
  [
    "a question before an act",
    { path: `/calls/${demoCalls()[0]!._id}`, open: press("Call again") },
  ],
  [
    "a question that waits for its facts",
    {
      path: `/calls/${demoCalls()[0]!._id}?waits`,
      open: async (page) => {
        await page.route(/previewRetry/, () => undefined);
        await page.reload();
        await press("Call again")(page);
        await page.getByRole("dialog").getByRole("status", { name: "Loading" }).waitFor();
      },
    },
  ],
  ["a form in a dialog", { path: "/settings", open: press("New key"), by: "keyboard" }],
  ["a field with proposals", { path: "/settings", open: into("Time zone") }],
  ["a list to choose from", { path: "/audit", open: into("Act") }],
];

/** Anna's call of the night, and the one of which nobody knows whether it was placed. */
const [HERS, UNKNOWN] = [demoCalls()[1]!._id, demoCalls().at(-1)!._id];

/** A screen, the key that opens it, and what is there when all of it is. */
interface Screen {
  path: string;
  shows: string;
  showsOnPhone?: string;
  /** It is of the machine that the test runs on, so its words are not compared. */
  isOperators?: true;
}

const SCREENS: Readonly<Record<string, Screen>> = {
  calls: { path: "/", shows: "[data-histogram] svg[role=slider]" },
  call: { path: `/calls/${HERS}`, shows: "[data-its-incident]" },
  unknown: { path: `/calls/${UNKNOWN}`, shows: "[data-its-incident]" },
  person: { path: `/people/${TEAM.anna._id}`, shows: "[data-person]" },
  incident: { path: `/incidents/${DATABASE._id}`, shows: "[data-incident]" },
  figures: { path: "/figures", shows: "table tbody tr" },
  costs: { path: "/costs", shows: "[data-total]" },
  health: { path: "/system", shows: "[data-held]" },
  place: { path: "/place", shows: "form" },
  settings: {
    path: "/settings",
    shows: "[data-last-change]",
    showsOnPhone: "summary",
  },
  audit: { path: "/audit", shows: "table tbody tr" },
  webhooks: { path: "/webhooks", shows: "[data-endpoint]" },
  "alert-sources": { path: "/alert-sources", shows: "main a" },
  refused: { path: "/refused", shows: "h1" },
  installation: { path: "/", shows: "text=Calls are held as Unknown", isOperators: true },
};

/** Each is drawn in both, and compared with its picture in docs/images/. */
const DRAWN: readonly Looks[] = [
  { width: 1440, scheme: "light" },
  { width: 390, scheme: "dark" },
];

/** What else is drawn of some of them. */
interface Drawn extends Looks {
  screen: string;
  /** @defaultValue English */
  language?: "de" | "ar-XB";
}

const DRAWN_ALSO: readonly Drawn[] = [
  { screen: "calls", width: 1440, scheme: "dark" },
  { screen: "calls", width: 768, scheme: "light" },
  { screen: "figures", width: 768, scheme: "light" },
  { screen: "health", width: 768, scheme: "light" },
  { screen: "call", width: 390, scheme: "light", language: "de" },
  { screen: "health", width: 390, scheme: "light", language: "de" },
  { screen: "incident", width: 1440, scheme: "light", language: "de" },
  { screen: "call", width: 1440, scheme: "light", language: "ar-XB" },
  { screen: "health", width: 390, scheme: "light", language: "ar-XB" },
  { screen: "incident", width: 390, scheme: "light", language: "ar-XB" },
];

describe.skipIf(!HAS_BROWSER)("the quality of the screens (needs Chromium)", () => {
  let running: RunningDashboard;
  let operator: string;
  beforeAll(async () => {
    running = await runDashboard(clockSettings(NIGHT));
    await furnish(running);
    operator = (await running.keyWith(["Operator"])).key;
  });
  afterAll(() => running?.close());

  async function atNight(options: { key?: string; looks?: Looks } = {}): Promise<Page> {
    const page = await running.signedIn(options);
    // Somewhat later than all that is done before the screens are opened.
    await page.clock.setFixedTime(new Date(NIGHT.getTime() + 240_000));
    return page;
  }

  /** Does it for each, and fails with the faults of all. */
  async function forEach<T>(
    all: Iterable<readonly [name: string, one: T]>,
    act: (name: string, one: T) => Promise<void>,
  ): Promise<void> {
    const faults: string[] = [];
    for (const [name, one] of all)
      await act(name, one).catch((error: Error) => faults.push(`${name}: ${error.message}`));
    expect(faults).toEqual([]);
  }

  test("each screen is accessible, looks and is read aloud as before, and fits", async () => {
    const owners = await atNight();
    const operators = await atNight({ key: operator });
    await forEach(
      Object.entries(SCREENS),
      async (name, { path, shows, showsOnPhone = shows, isOperators }) => {
        const page = isOperators ? operators : owners;
        await page.goto(path);
        for (const looks of DRAWN) {
          await look(page, looks);
          await page
            .locator(looks.width === 390 ? showsOnPhone : shows)
            .first()
            .waitFor();
          await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
          await expectAccessible(page);
          await expectPicture(page, `${name}-${looks.width}`);
          if (looks.width === 1440 && !isOperators) await expectSpoken(page, name);
        }
        for (const width of [992, 1200]) {
          await look(page, { width, scheme: "dark" });
          await expectFits(page, `at ${width} px`);
        }
        await look(page, DRAWN[1]!);
        await enlargeText(page);
        await expectFits(page, "at 390 px with text of 200 %");
        await look(page, { width: 768, scheme: "dark" });
        await expectFits(page, "at 768 px with text of 200 %");
      },
    );
  });

  test("in other languages, widths and schemes they look as before", async () => {
    const page = await atNight();
    const named = DRAWN_ALSO.map(
      (drawn) =>
        [`${drawn.screen}-${drawn.width}-${drawn.language ?? drawn.scheme}`, drawn] as const,
    );
    await forEach(named, async (name, { screen, language = "en", ...looks }) => {
      await page.evaluate((tag) => localStorage.setItem("call-log.language", tag), language);
      await look(page, looks);
      await page.goto(SCREENS[screen]!.path);
      await page.locator(SCREENS[screen]!.shows).first().waitFor();
      await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
      await expectPicture(page, name);
    });
  });

  test("each menu, popover and dialog is accessible, and closes by Escape", async () => {
    const page = await atNight();
    let shown = "";
    await forEach(OPENED, async (name, { path = "/", open, by, picture }) => {
      if (shown !== path) {
        await page.goto(path);
        await page
          .locator(BEFORE_OPENED[path] ?? "main")
          .first()
          .waitFor();
        shown = path;
      }
      await open(page);
      const popup = page.locator(POPUP).filter({ visible: true });
      await expectShown(popup.first());
      if (picture === undefined) await expectAccessible(page);
      else await expectDrawn(page, picture);
      await page.keyboard.press("Escape");
      await expect.poll(() => popup.count(), { message: name }).toBe(0);
      const isLost = async () => by === "keyboard" && (await focusedTag(page)) === "BODY";
      await expect.poll(isLost, { message: "the focus is lost" }).toBe(false);
    });
  });

  test("a picture tells each small break", async () => {
    const page = await atNight();
    const canvas = await page.context().newPage();
    await page.locator(SCREENS["calls"]!.shows).waitFor();
    await page.getByRole("button", { name: "Views" }).focus();
    await page.keyboard.press("Tab");
    const whole = await pictureAtRest(page);
    const untold: string[] = [];
    for (const [name, css] of Object.entries(SMALL_BREAKS)) {
      const style = await page.addStyleTag({ content: css });
      const found = await differences(canvas, [whole, await pictureAtRest(page)]);
      if (found.length === 0) untold.push(name);
      await style.evaluate((element) => element.parentNode?.removeChild(element));
    }
    expect(untold).toEqual([]);
    expect(await differences(canvas, [whole, await pictureAtRest(page)])).toEqual([]);
  });

  test("a phone has its other screens in a menu, and colours of one's own show what is on", async () => {
    const page = await atNight({ looks: DRAWN[1]! });
    await page.goto("/system");
    await page.getByRole("button", { name: "Menu" }).click();
    await expectShown(page.getByRole("link", { name: "Settings" }));
    await expectAccessible(page);
    await page.getByRole("link", { name: "Settings" }).click();
    const summary = page.locator("summary", { hasText: "Allowed numbers" });
    await expectShown(summary.getByText("DE, GB, US"));
    expect(await page.getByLabel("Countries").isVisible()).toBe(false);
    await summary.click();
    await expectShown(page.getByLabel("Countries"));
    await page.getByRole("link", { name: "Calls", exact: true }).click();
    await page.emulateMedia({ forcedColors: "active" });
    await page.locator("[data-live]").waitFor({ state: "attached" });
    const track = page.locator(".mantine-Switch-track").first();
    const current = page.locator(".phone-place[aria-current]");
    expect(await track.evaluate((one) => getComputedStyle(one).borderStyle)).toBe("solid");
    expect(await current.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe("solid");
  });
});

async function look(page: Page, { width, scheme }: Looks): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
  await page.emulateMedia({ colorScheme: scheme });
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
}

/** It looks as before on a desk, and on a phone. */
async function expectDrawn(page: Page, picture: string): Promise<void> {
  for (const looks of DRAWN) {
    await look(page, looks);
    await expectAccessible(page);
    await expectPicture(page, `${picture}-${looks.width}`);
  }
  await look(page, DRAWN[0]!);
}

function focusedTag(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.tagName);
}

async function expectSpoken(page: Page, name: string): Promise<void> {
  await expect(await spokenTree(page)).toMatchFileSnapshot(`spoken/${name}.txt`);
}

// As a person does in the settings of the browser.
async function enlargeText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font-size: 200%; }");
    document.adoptedStyleSheets.push(sheet);
  });
}

// A table notices a while after the page that it has less room.
async function expectFits(page: Page, where: string): Promise<void> {
  const outside = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return "";
      return [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
        .map(({ tagName, className }) => `${tagName}.${String(className)}`)
        .slice(-4)
        .join(" | ");
    });
  await expect.poll(outside, { message: `outside of the page ${where}` }).toBe("");
}
