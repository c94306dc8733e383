import type { Locator, Page } from "playwright-core";

/** What a person does at one place, until what it leads to is there. */
export type Step = readonly [name: string, act: (page: Page) => Promise<void>];

const rows = (page: Page) => page.locator(".rows:not([data-old]) [data-call]");
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();
const dialog = (page: Page) => page.getByRole("dialog");
const gone = (what: Locator) => what.first().waitFor({ state: "detached" });

async function listed(page: Page, address: RegExp): Promise<void> {
  await page.waitForURL(address);
  await rows(page).first().waitFor();
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** A night, from the list of all calls: find hers, read it, look at the figures, choose many, pause. */
export const NIGHT_JOURNEY: readonly Step[] = [
  ["next call: j, k", (page) => press(page, "j", "j", "j", "k")],
  [
    "more rows",
    async (page) => {
      const shown = await rows(page).count();
      await button(page, "Show more").click();
      await rows(page).nth(shown).waitFor();
    },
  ],
  [
    "add a filter",
    async (page) => {
      await button(page, "Add filter").click();
      await button(page, "Text").click();
      await page.getByRole("textbox", { name: "Text" }).pressSequentially("shop.example 77");
      await press(page, "Enter");
      await listed(page, /text=/);
    },
  ],
  [
    "all calls again",
    async (page) => {
      await button(page, "Remove the filter Text").click();
      await listed(page, /\/$/);
    },
  ],
  [
    "filter by a cell",
    async (page) => {
      await rows(page).first().locator('[data-column="status"]').hover();
      await button(page, /^Filter by/).click();
      await page.getByRole("menuitem").first().click();
      await listed(page, /status=/);
    },
  ],
  [
    "sort",
    async (page) => {
      await button(page, "Cost").click();
      await listed(page, /sort=/);
    },
  ],
  [
    "search",
    async (page) => {
      await press(page, "/");
      const field = page.getByRole("combobox", { name: "Search" });
      await field.pressSequentially("1555 100 0077");
      await page
        .getByRole("option", { name: /\+15551000077/ })
        .first()
        .waitFor();
      await press(page, "ArrowDown", "Escape");
      await gone(field);
    },
  ],
  [
    "open a call",
    async (page) => {
      await press(page, "j", "o");
      await page.getByLabel("Timeline").waitFor();
    },
  ],
  [
    "back to the list",
    async (page) => {
      await page.getByRole("link", { name: /All calls$/ }).click();
      await listed(page, /status=/);
    },
  ],
  [
    "choose a time",
    async (page) => {
      await button(page, /^Time:/).click();
      await button(page, "Last 30 days").click();
      await listed(page, /range=|since=|time=/);
    },
  ],
  [
    "select all that are shown",
    async (page) => {
      await page.getByLabel("Select all shown calls").click();
      await page.getByText("50 selected").waitFor();
    },
  ],
  [
    "select all that match",
    async (page) => {
      await button(page, /^Select all [\d,]+$/).click();
      await page.getByText(/^All [\d,]+ calls that match$/).waitFor();
    },
  ],
  [
    "what calling them again would do",
    async (page) => {
      await button(page, "Call again …").click();
      await dialog(page).waitFor();
    },
  ],
  [
    "leave them alone",
    async (page) => {
      await press(page, "Escape");
      await gone(dialog(page));
    },
  ],
  [
    "clear the filters",
    async (page) => {
      await button(page, "Clear").click();
      // The order stays: it is no filter.
      await listed(page, /\?(?!.*(status|range)=)/);
    },
  ],
  [
    "figures",
    async (page) => {
      await page.getByRole("link", { name: "Figures" }).first().click();
      await page.getByRole("table", { name: "Figures by day" }).waitFor();
      await button(page, "Hour").click();
      await page.getByRole("table", { name: "Figures by hour" }).waitFor();
      await button(page, "Person").click();
      await page.getByRole("table", { name: "Figures by person" }).waitFor();
    },
  ],
  [
    "pause all calls",
    async (page) => {
      await button(page, "Pause project").click();
      await dialog(page).waitFor();
      await press(page, "Escape");
      await gone(dialog(page));
    },
  ],
];
