import type { Page } from "playwright-core";

/** Something that a person does, and the element that shows that it is done. */
export interface Interaction {
  before?: (page: Page) => Promise<void>;
  act: (page: Page) => Promise<void>;
  done: string;
}

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const ROWS = ".rows:not([data-old]) [data-call]";
const onList = async (page: Page) => {
  await page.goto("/");
  await page.locator("[data-histogram]").waitFor({ timeout: 30_000 });
  await page.locator(ROWS).first().waitFor();
};

/** What a person does most in the log, each of it answered by the browser alone or by one question to the server. */
export const INTERACTIONS: readonly (readonly [name: string, one: Interaction])[] = [
  ["to the next row", { before: onList, act: press("j"), done: "[data-call] a:focus" }],
  [
    "select a row",
    {
      before: onList,
      act: async (page) => {
        await page
          .getByLabel(/^Select the call/)
          .first()
          .click();
      },
      done: ".bulk-bar",
    },
  ],
  ["open the search", { before: onList, act: press("/"), done: '[role="dialog"] input' }],
  [
    "open a call",
    {
      before: onList,
      act: async (page) => {
        await page.locator(`${ROWS} a`).first().click();
      },
      done: "[data-sentence]",
    },
  ],
  [
    "back to the calls",
    {
      before: async (page) => {
        await onList(page);
        await page.locator(`${ROWS} a`).first().click();
        await page.locator("[data-sentence]").waitFor();
      },
      act: async (page) => {
        await page.getByRole("link", { name: "Calls", exact: true }).click();
      },
      done: ROWS,
    },
  ],
  [
    "the filters",
    {
      before: onList,
      act: async (page) => {
        await page.getByRole("button", { name: "Add filter" }).click();
      },
      done: '[role="dialog"] button',
    },
  ],
  [
    "open the figures",
    {
      before: onList,
      act: async (page) => {
        await page.getByRole("link", { name: "Figures" }).click();
      },
      done: "main [role=group][aria-label='Figures by']",
    },
  ],
  [
    "choose a range",
    {
      before: async (page) => {
        await onList(page);
        await page.getByRole("button", { name: /^Time:/ }).click();
        await page.getByRole("button", { name: "Last 7 days" }).waitFor();
      },
      act: async (page) => {
        await page.getByRole("button", { name: "Last 7 days" }).click();
      },
      done: `[data-range="7d"]`,
    },
  ],
];

/** Milliseconds from the key or the button until the page shows what was asked for. */
export async function answered(
  page: Page,
  { act, done }: Pick<Interaction, "act" | "done">,
): Promise<number> {
  await page.evaluate((shown) => {
    const answer = new Promise<number>((resolve) => {
      const begin = ({ timeStamp }: Event) => {
        const look = () => {
          if (document.querySelector(shown) === null) requestAnimationFrame(look);
          else resolve(performance.now() - timeStamp);
        };
        requestAnimationFrame(look);
        for (const type of BEGINS) removeEventListener(type, begin, true);
      };
      const BEGINS = ["keydown", "pointerdown"];
      for (const type of BEGINS) addEventListener(type, begin, true);
    });
    Object.assign(globalThis, { answer });
  }, done);
  await act(page);
  return page.evaluate(() => (globalThis as unknown as { answer: Promise<number> }).answer);
}
