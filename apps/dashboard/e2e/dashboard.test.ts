import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

import { createCallLogClient, type CallLogClient } from "@call-log/client";
import { closingStack } from "@call-log/runtime";
import { connectStore } from "@call-log/store";
import { waitFor } from "@call-log/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import {
  COMPRESSED_TIME,
  freshFolder,
  startProcess,
} from "../../standalone/e2e/standalone-process.ts";
import {
  expectAccessible,
  expectShown,
  HAS_BROWSER,
  type Looks,
  openBrowser,
  openPage,
  signIn,
  signInByForm,
} from "./browser.ts";

const KEY = "key-of-the-dashboard-tests";
/** Most bytes, compressed, that the first screen may load. */
const FIRST_SCREEN_BYTES = 300_000;

const LONG = "Der sehr lange Name einer Störung, die in keine Spalte passt und nie endet ".repeat(
  3,
);

describe.skipIf(!HAS_BROWSER)("the dashboard in a browser (needs Chromium)", () => {
  const closing = closingStack();
  let browser: Browser;
  let url: string;
  let viewerKey: string;
  let client: CallLogClient;
  beforeAll(async () => {
    browser = await openBrowser();
    closing.add(browser);
    const folder = await freshFolder();
    closing.add({ close: () => folder[Symbol.asyncDispose]() });
    const settings = { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY };
    const product = startProcess(folder.path, settings);
    closing.add({ close: () => product[Symbol.asyncDispose]() });
    const address = await product.ready();
    url = address.url;
    viewerKey = await newViewerKey(address.mongodbUri);
    client = createCallLogClient({ url, apiKey: KEY });
    await placeExamples(client);
  });
  afterAll(() => closing.close());

  async function signedIn(looks?: Looks): Promise<Page> {
    const { page, complaints } = await openPage(browser, url, looks);
    onTestFinished(async () => {
      await page.context().close();
      expect(complaints).toEqual([]);
    });
    await signIn(page, KEY);
    return page;
  }

  test("a key that is none is refused in words, and the sign-in can be read by all", async () => {
    const { page } = await openPage(browser, url);
    onTestFinished(() => page.context().close());
    await page.goto("/");
    await page.getByLabel("API key").fill("nonsense");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("unknown, expired or revoked").waitFor();
    await expectAccessible(page);
  });

  test("from all calls to what happened, in two clicks", async () => {
    const page = await signedIn();
    await page.goto("/?tag=acknowledged");
    await page.locator("[data-call] a").first().click();
    const sentence = page.locator("[data-sentence]");
    await expect
      .poll(() => sentence.textContent())
      .toMatch(/was reached on \w+day \d+ \w+ at \d\d:\d\d \(Berlin\): a person pressed 4\./);
    // One for each width, and one of them is shown.
    const badge = page.getByText("SANDBOX").filter({ visible: true });
    await expect.poll(() => badge.count()).toBe(1);
    await page
      .getByRole("list", { name: "Timeline" })
      .getByText("The call was answered.")
      .waitFor();
    await expectAccessible(page);
  });

  test("a call that is placed elsewhere appears without a reload, and its end, too", async () => {
    const page = await signedIn();
    await page.goto("/?tag=live");
    await page.getByText("No call matches these filters.").waitFor();
    await client.calls.dispatch.mutate({ toNumber: "+15550100110", say: "Hello", tags: ["live"] });
    await expectShown(page.locator("[data-call]").getByText("Busy", { exact: true }));
  });

  test("filters are chips in the address, can be taken away, and survive a reload", async () => {
    const page = await signedIn();
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByLabel("Tag").fill("long");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => page.locator("[data-call]").count()).toBe(1);
    expect(page.url()).toContain("tag=long");
    await page.reload();
    await expect.poll(() => page.locator("[data-call]").count()).toBe(1);
    await page.getByRole("button", { name: "Remove the filter Tag" }).click();
    await expect.poll(() => page.locator("[data-call]").count()).toBeGreaterThan(1);
  });

  test("what the filters show is downloaded as CSV", async () => {
    const page = await signedIn();
    await page.goto("/?tag=busy");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV" }).click(),
    ]);
    const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(download.suggestedFilename()).toBe("calls.csv");
    expect(rows).toHaveLength(2);
  });

  test("the costs are the log's own sum", async () => {
    const page = await signedIn();
    await page.getByRole("link", { name: "Costs" }).click();
    const { total } = await client.callLog.stats.query({});
    expect(total.calls).toBeGreaterThan(5);
    await expectShown(page.locator("[data-total]").getByText(/^\$0\.0\d+$/));
    await expectShown(
      page.getByRole("table", { name: "Costs by status" }).getByText("Reached", { exact: true }),
    );
  });

  test("the server sorts", async () => {
    const page = await signedIn();
    await page.getByRole("button", { name: "Cost" }).click();
    await page.waitForURL(/sort=-callCostInUSDCents/);
    const costs = page.getByRole("columnheader", { name: "Cost" });
    await expect.poll(() => costs.getAttribute("aria-sort")).toBe("descending");
  });

  test("a call is placed with a scripted number, and called again after a question", async () => {
    const page = await signedIn();
    await page.getByRole("link", { name: "Place a call" }).click();
    await page.getByRole("button", { name: /The line is busy/ }).click();
    await page.getByLabel("Spoken text").fill("Hello");
    await page.getByLabel("Most attempts").fill("1");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await page.getByRole("heading", { name: "+15550100110" }).waitFor();
    const first = page.url();
    await page.getByRole("button", { name: "Call again" }).click();
    await page.getByRole("button", { name: "Yes, call again" }).click();
    await page.waitForURL(
      (address) => address.href !== first && address.pathname.startsWith("/calls/"),
    );
    await page.getByRole("link", { name: "The call that this one calls again" }).waitFor();
  });

  test("bad input is told in the server's words", async () => {
    const page = await signedIn();
    await page.goto("/place");
    await page.getByLabel("Number").fill("0151 23");
    await page.getByLabel("Spoken text").fill("Hello");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await expectShown(page.getByText("must be a phone number with its country code"));
  });

  test("a call that waits is canceled", async () => {
    const page = await signedIn();
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const { _id } = await client.calls.dispatch.mutate({
      toNumber: "+15550100100",
      say: "x",
      scheduledAt,
    });
    await page.goto(`/calls/${_id}`);
    await page.getByRole("button", { name: "Cancel the call" }).click();
    await page.getByRole("button", { name: "Yes, cancel the call" }).click();
    await expectShown(page.locator("[data-sentence]").getByText("was canceled"));
  });

  test("the keyboard is enough to open a call", async () => {
    const page = await signedIn();
    await page.goto("/?tag=busy");
    await page.locator("[data-call] a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/calls\//);
    await expectShown(page.locator("[data-sentence]"));
  });

  test("the first stop of the keyboard leads past the navigation, and the tab names the screen", async () => {
    const page = await signedIn();
    await page.goto("/sessions");
    await page.getByRole("heading", { name: "Your sessions" }).waitFor();
    expect(await page.title()).toBe("Your sessions – call-log");
    await page.keyboard.press("Tab");
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
    await page.goto("/nothing-here");
    await expectShown(page.getByRole("heading", { name: "Not found" }));
    await expectAccessible(page);
  });

  test("the settings hold the project's calls, and let them go", async () => {
    const page = await signedIn();
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByLabel("Reason").fill("Drill");
    await page.getByRole("button", { name: "Pause calls" }).click();
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByRole("button", { name: "Pause calls" }).waitFor();
    await expectAccessible(page);
  });

  test("a key that may only read sees no way to call", async () => {
    const { page } = await openPage(browser, url);
    onTestFinished(() => page.context().close());
    await signInByForm(page, viewerKey);
    expect(await page.getByRole("link", { name: "Place a call" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Settings" }).count()).toBe(0);
  });

  test("signing out shows the sign-in", async () => {
    const page = await signedIn();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expectShown(page.getByLabel("API key"));
  });

  test("the first screen loads little", async () => {
    const folder = new URL("../dist/", import.meta.url);
    const page = await readFile(new URL("index.html", folder), "utf8");
    const files = await readdir(new URL("assets/", folder));
    const loaded = files.filter((name) => page.includes(name));
    const sizes = await Promise.all(
      loaded.map(
        async (name) => gzipSync(await readFile(new URL(`assets/${name}`, folder))).length,
      ),
    );
    expect(loaded.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_SCREEN_BYTES);
  });
});

/** A key of the same project that may read alone. */
async function newViewerKey(uri: string): Promise<string> {
  const store = await connectStore({ uri });
  const [project] = await store.projects.list();
  const { key } = await store.keys.create({ projectId: project!._id, permissions: ["Viewer"] });
  await store.close();
  return key;
}

/** Calls of every kind that the screens have to stand. */
async function placeExamples(client: CallLogClient): Promise<void> {
  const gather = { say: "Press 4.", on: { "4": { acknowledge: true } } };
  const ids = await Promise.all(
    [
      {
        toNumber: "+15550100100",
        say: [{ say: "The database is down." }, { gather }],
        reachedWhen: "acknowledged" as const,
        tags: ["acknowledged"],
        incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Database down" },
      },
      { toNumber: "+15550100110", say: "Busy", tags: ["busy"] },
      {
        toNumber: "+15550100103",
        say: "Voicemail",
        reachedWhen: "human" as const,
        tags: ["machine"],
      },
      { toNumber: "+15550100111", say: "No answer" },
      { toNumber: "+15550100120", say: "Bad number" },
      {
        toNumber: "+15550100100",
        say: "رسالة",
        tags: ["long"],
        incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396abb", title: LONG },
        user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abc", name: "منى الراشد" },
      },
    ].map(async (request) => (await client.calls.dispatch.mutate(request))._id),
  );
  await waitFor(
    async () => {
      const { data } = await client.callLog.getList.query({ select: { status: true }, limit: 50 });
      const over = ["Completed", "Busy", "Not Reached", "No Answer", "Failed"];
      return ids.every((id) =>
        data.some(({ _id, status }) => _id === id && over.includes(status!)),
      );
    },
    { describe: "the end of the example calls" },
  );
}
