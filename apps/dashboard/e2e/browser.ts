import path from "node:path";

import { chromiumProgram, onFailure, PATIENCE_MS } from "@call-log/testing";
import axe from "axe-core";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";

import { buildDashboard } from "./built-dashboard.ts";

const PROGRAM = chromiumProgram();

/** The last is for the headless shell, which would draw letters otherwise than Chromium does on most machines. */
const SWITCHES = ["--no-sandbox", "--font-render-hinting=slight"];

/** Where CI keeps what it needs to explain a failure. */
const REPORTS = process.env["TEST_REPORTS"];

const openPages = new Set<Page>();

onFailure.add(async (name) => {
  if (REPORTS === undefined) return;
  for (const [index, page] of [...openPages].entries())
    await page.screenshot({ path: path.join(REPORTS, `${name}-${index}.png`) });
});

/** Whether there is a browser to drive. */
export const HAS_BROWSER = PROGRAM !== undefined;

/** Build the dashboard and start a browser. */
export async function openBrowser(): Promise<Browser> {
  await buildDashboard();
  if (PROGRAM === undefined) throw new Error("there is no Chromium");
  return chromium.launch({ executablePath: PROGRAM, args: SWITCHES, headless: true });
}

/** What a page looks like. */
export interface Looks {
  width: number;
  scheme: "light" | "dark";
  /** Let the service worker keep the page; its requests are none of the page's, so tests that route these do without. */
  keepsShell?: boolean;
  /** @defaultValue Europe/Berlin */
  timeZone?: string;
}

/** The widths and schemes that every screen has to be good in, a phone first. */
export const EVERY_LOOK: readonly Looks[] = (["light", "dark"] as const).flatMap((scheme) => [
  { width: 390, scheme },
  { width: 1440, scheme },
]);

/** Look at what a page shows in each width and scheme, one after the other and without loading it again. */
export async function inEachLook(page: Page, act: (look: Looks) => Promise<void>): Promise<void> {
  for (const look of EVERY_LOOK) {
    await page.setViewportSize({ width: look.width, height: 900 });
    await page.emulateMedia({ colorScheme: look.scheme });
    // The page itself has to notice it.
    await page.locator(`html[data-mantine-color-scheme="${look.scheme}"]`).waitFor();
    // The pointer rests on nothing: what it would rest on differs by width, and may open a hint.
    await page.mouse.move(0, 0);
    await page.locator("[role=tooltip]").first().waitFor({ state: "detached" });
    await act(look).catch((error: Error) => {
      throw new Error(`at ${look.width} px, ${look.scheme}: ${error.message}`, { cause: error });
    });
  }
}

/** A page in a fresh context; `complaints` are its console errors and uncaught exceptions. */
export async function openPage(
  browser: Browser,
  url: string,
  { width, scheme, keepsShell = false, timeZone = "Europe/Berlin" }: Looks = {
    width: 1440,
    scheme: "light",
  },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: "en-GB",
    timezoneId: timeZone,
    reducedMotion: "reduce",
    serviceWorkers: keepsShell ? "allow" : "block",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  openPages.add(page);
  page.once("close", () => openPages.delete(page));
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser prints by itself that a request was refused, which the page tells in words.
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  return { page, complaints };
}

/** Begin a session with a key and open the first screen: what the form of the sign-in does, without its page. */
export async function signIn(page: Page, key: string): Promise<void> {
  const answer = await page.request.post("/session", { data: { apiKey: key } });
  expect(answer.status()).toBe(200);
  await page.goto("/");
  await firstScreen(page);
}

/** Sign in with a key at the form, by keyboard. */
export async function signInByForm(page: Page, key: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("API key").fill(key);
  await page.keyboard.press("Enter");
  await firstScreen(page);
}

async function firstScreen(page: Page): Promise<void> {
  await page.getByRole("heading", { name: /^(Calls|Installation)$/ }).waitFor();
}

/** No accessibility fault of any kind on what is shown, and nothing wider than the page. */
export async function expectAccessible(page: Page): Promise<void> {
  await animationsEnd(page);
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: scanner } = globalThis as unknown as { axe: typeof axe };
    const { violations: found } = await scanner.run();
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    );
  });
  expect(violations.join("\n")).toBe("");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Half-way through a fade the colours on the page are not those of any state. */
async function animationsEnd(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== "running" || effect?.getComputedTiming().endTime === Infinity,
      ),
  );
}

/** It is on the page, or comes within a while. */
export async function expectShown(what: Locator): Promise<void> {
  // Asked once more after it came, a list that is drawn again in between would fail.
  await expect.poll(() => what.isVisible()).toBe(true);
}
