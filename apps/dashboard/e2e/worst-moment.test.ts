import { createCallLogClient, type CallLogClient } from "@call-log/client";
import { closingStack } from "@call-log/runtime";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";

import {
  COMPRESSED_TIME,
  freshFolder,
  startProcess,
  type StandaloneProcess,
} from "../../standalone/e2e/standalone-process.ts";
import {
  expectAccessible,
  expectShown,
  HAS_BROWSER,
  openBrowser,
  openPage,
  signIn,
} from "./browser.ts";

const KEY = "key-of-the-worst-moments";

describe.skipIf(!HAS_BROWSER)("the dashboard in the worst moment (needs Chromium)", () => {
  const closing = closingStack();
  let browser: Browser;
  let url: string;
  let folder: string;
  let client: CallLogClient;
  let product: StandaloneProcess;

  async function start(): Promise<void> {
    const port = url === undefined ? "0" : new URL(url).port;
    product = startProcess(folder, { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY, PORT: port });
    ({ url } = await product.ready());
    isStopped = false;
  }
  let isStopped = false;
  const stop = async () => {
    isStopped = true;
    await product.end("SIGTERM");
  };

  beforeAll(async () => {
    browser = closing.add(await openBrowser());
    const fresh = await freshFolder();
    closing.add({ close: () => fresh[Symbol.asyncDispose]() });
    folder = fresh.path;
    await start();
    closing.add({ close: () => product[Symbol.asyncDispose]() });
    client = createCallLogClient({ url, apiKey: KEY });
    await client.calls.dispatch.mutate({ toNumber: "+15550100110", say: "Hello" });
  });
  beforeEach(async () => {
    if (isStopped) await start();
  });
  afterAll(() => closing.close());

  // What the browser prints of requests that fail is what these tests are about.
  async function signedIn(): Promise<Page> {
    const { page } = await openPage(browser, url);
    onTestFinished(() => page.context().close());
    await signIn(page, KEY);
    return page;
  }

  const fetched = (page: Page, part: string) =>
    page.evaluate(
      (name) => performance.getEntriesByType("resource").some((one) => one.name.includes(name)),
      part,
    );
  const loads = (page: Page) => page.evaluate(() => performance.timeOrigin);

  describe("a screen whose file does not come", () => {
    test("says so, and is there after Try again, without a reload", async () => {
      const page = await signedIn();
      const before = await loads(page);
      await page.route("**/assets/call-screen-*.js", (route) => route.abort());
      await page.locator("[data-call] a").first().click();
      await expectShown(page.getByRole("alert").getByText("This could not be loaded"));
      await expectShown(page.getByRole("button", { name: "Reload" }));
      await expectAccessible(page);
      await page.getByRole("button", { name: "Try again" }).click();
      await expectShown(page.getByRole("alert").getByText("This could not be loaded"));
      await page.unroute("**/assets/call-screen-*.js");
      await page.getByRole("button", { name: "Try again" }).click();
      await expectShown(page.locator("[data-sentence]"));
      expect(await loads(page)).toBe(before);
    });

    test("leaves the other screens alone", async () => {
      const page = await signedIn();
      await page.route("**/assets/call-screen-*.js", (route) => route.fulfill({ status: 404 }));
      await page.locator("[data-call] a").first().click();
      await expectShown(page.getByRole("button", { name: "Try again" }));
      await page.getByRole("link", { name: "Costs" }).click();
      await expectShown(page.getByRole("heading", { name: "Costs", exact: true }));
    });

    test("after a deploy, loads the new build once, where the person went", async () => {
      const page = await signedIn();
      await page.route("**/assets/call-screen-*.js", (route) => route.fulfill({ status: 404 }));
      let pages = 0;
      // The newer build as its page says it; that its screen is missing, too, must not go round in circles.
      const newer = async (route: Parameters<Parameters<Page["route"]>[1]>[0]) => {
        if (route.request().isNavigationRequest()) pages += 1;
        const body = await (await route.fetch()).text();
        await route.fulfill({
          contentType: "text/html",
          body: body.replace(/(assets\/index-[^"]*\.js)/, "$1?newer"),
        });
      };
      await page.route((address) => /^\/(calls\/.*)?$/.test(address.pathname), newer);
      const before = await loads(page);
      await page.locator("[data-call] a").first().click();
      await expect.poll(() => loads(page)).not.toBe(before);
      await expectShown(page.getByRole("button", { name: "Try again" }));
      expect(new URL(page.url()).pathname).toMatch(/^\/calls\//);
      await page.unroute("**/assets/call-screen-*.js");
      await page.getByRole("button", { name: "Try again" }).click();
      await expectShown(page.locator("[data-sentence]"));
      expect(pages).toBe(1);
    });

    test("a part of the bar or of a screen leaves the screen alone", async () => {
      const page = await signedIn();
      await page.route("**/assets/bulk-dialog-*.js", (route) => route.abort());
      await page.getByLabel("Select all shown calls").click();
      await page.getByRole("button", { name: "Cancel …" }).click();
      await expectShown(page.getByRole("button", { name: "Try again" }));
      await page.unroute("**/assets/bulk-dialog-*.js");
      await page.getByRole("button", { name: "Try again" }).click();
      await expectShown(page.getByRole("dialog"));
    });
  });

  describe("an action", () => {
    test("that does not reach the server is not done, and is not tried again by itself", async () => {
      const page = await signedIn();
      await page.goto("/settings");
      await page.getByLabel("Reason").fill("Calls loop");
      // The dialog is fetched ahead, for this very moment.
      await expect.poll(() => fetched(page, "stop-dialog")).toBe(true);
      await stop();
      await page.getByRole("button", { name: "Pause calls" }).click();
      const words = page.getByText("Not done: the server did not answer. Try again.");
      await expectShown(words);
      expect(await page.getByText("does not answer. Retrying.").count()).toBe(0);
      await page.getByRole("button", { name: "Pause project" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("Calls loop");
      await dialog.getByRole("button", { name: "Pause project" }).click();
      await expectShown(dialog.getByText("Calls may still go out"));
      await expectShown(dialog.getByText("Not done: the server did not answer. Try again."));
      await dialog.getByRole("button", { name: "Close" }).click();
      await start();
      const { paused } = await client.projects.get.query();
      expect(paused).toBeUndefined();
      await page.getByRole("button", { name: "Pause calls" }).click();
      await expectShown(page.getByRole("button", { name: "Resume" }).first());
      expect((await client.projects.get.query()).paused?.reason).toBe("Calls loop");
      await client.projects.resume.mutate();
    });

    test("whose answer was lost may be done, says so, and shows what is so now", async () => {
      const page = await signedIn();
      await page.goto("/settings");
      await page.getByLabel("Reason").fill("Lost");
      await page.route(/projects\.pause/, async (route) => {
        await route.fetch();
        await route.abort("connectionreset");
      });
      await page.getByRole("button", { name: "Pause calls" }).click();
      await expectShown(page.getByText(/^The answer was lost, so this may or may not be done\./));
      const calls = page.getByRole("region", { name: "Calls of this project" });
      await expectShown(calls.getByText("paused", { exact: true }));
      await client.projects.resume.mutate();
    });
  });

  test("what does not exist, or is asked wrongly, is asked for once", async () => {
    const page = await signedIn();
    let asked = 0;
    page.on("request", (request) => {
      if (/callLog\.getItem|callLog\.getList/.test(request.url())) asked += 1;
    });
    await page.goto("/calls/00000000-0000-7000-8000-000000000000");
    await expectShown(page.getByRole("alert"));
    expect(asked).toBe(1);
    await page.goto("/?incident=7");
    await expectShown(page.getByRole("alert"));
    expect(asked).toBe(2);
  });

  test("a server that is away when the page opens is waited for", async () => {
    const { page } = await openPage(browser, url);
    onTestFinished(() => page.context().close());
    await page.route(/\/session$/, (route) => route.abort());
    await page.goto("/");
    await expectShown(page.getByText("The server does not answer. Retrying."));
    await expectAccessible(page);
    await page.unroute(/\/session$/);
    await expectShown(page.getByLabel("API key"));
  });

  test("the dashboard opens without its server, from what the browser kept", async () => {
    const looks = { width: 390, scheme: "dark", keepsShell: true } as const;
    const { page } = await openPage(browser, url, looks);
    onTestFinished(() => page.context().close());
    await signIn(page, KEY);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    // The files of this load come through the worker, which keeps them.
    await page.reload();
    await expectShown(page.getByRole("heading", { name: "Calls" }));
    await stop();
    await page.reload();
    await expectShown(page.getByText("The server does not answer. Retrying."));
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const caching = await Promise.all(names.map((name) => caches.open(name)));
      const requests = await Promise.all(caching.map((cache) => cache.keys()));
      return requests.flat().map(({ url: kept }) => new URL(kept).pathname);
    });
    expect(kept.filter((path) => path !== "/" && !path.startsWith("/assets/"))).toEqual([]);
    await start();
    await expectShown(page.getByRole("heading", { name: "Calls" }));
  });

  test("a server that is away is said on every screen, with the time that what is shown is of", async () => {
    const page = await signedIn();
    await expectShown(page.getByText("SANDBOX").filter({ visible: true }));
    await page.context().setOffline(true);
    const away = page.locator('[data-notice="server"]');
    for (const name of ["Costs", "Calls"]) {
      await expectShown(away.getByText(/^The server does not answer\. .* from \d\d:\d\d:\d\d\.$/));
      await page.getByRole("link", { name, exact: true }).click();
    }
    await expectAccessible(page);
    await page.context().setOffline(false);
    await away.getByRole("button", { name: "Retry now" }).click();
    await away.waitFor({ state: "detached" });
  });
});
