import { mkdir } from "node:fs/promises";

import { createCallLogClient, type CallLogClient } from "@call-log/client";
import type { CallRequestInput } from "@call-log/model";
import { closingStack } from "@call-log/runtime";
import { PATIENCE_MS, waitFor } from "@call-log/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import {
  COMPRESSED_TIME,
  freshFolder,
  startProcess,
} from "../../standalone/e2e/standalone-process.ts";
import {
  EVERY_LOOK,
  expectAccessible,
  expectShown,
  HAS_BROWSER,
  inEachLook,
  type Looks,
  openBrowser,
  openPage,
  signIn,
} from "./browser.ts";

const KEY = "key-of-the-tests-of-calls";
/** Where every state of the screen is drawn, when the environment names a folder. */
const PICTURES = process.env["CALLS_SCREENSHOTS"];
const HOUR_MS = 3_600_000;

describe.skipIf(!HAS_BROWSER)("the calls in a browser (needs Chromium)", () => {
  const closing = closingStack();
  let browser: Browser;
  let url: string;
  let client: CallLogClient;
  beforeAll(async () => {
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
    browser = await openBrowser();
    closing.add(browser);
    const folder = await freshFolder();
    closing.add({ close: () => folder[Symbol.asyncDispose]() });
    const settings = { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY };
    const product = startProcess(folder.path, settings);
    closing.add({ close: () => product[Symbol.asyncDispose]() });
    ({ url } = await product.ready());
    client = createCallLogClient({ url, apiKey: KEY });
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

  async function place(...requests: Partial<CallRequestInput>[]): Promise<string[]> {
    const { results } = await client.calls.dispatchMany.mutate({
      requests: requests.map((one) => ({ toNumber: "+15550100100", say: "Hello", ...one })),
    });
    return results.map((answer) => {
      if (!answer.ok) throw new Error(answer.error.message);
      return answer._id;
    });
  }

  const over = (ids: readonly string[]) =>
    waitFor(
      async () => {
        const { groups } = await client.callLog.stats.query({
          query: { _id: { _type: "Includes", value: ids } },
          by: ["status"],
        });
        const open = ["Queued", "Scheduled", "Dialing", "Ringing", "In Progress"];
        return groups.status?.every(({ key }) => !open.includes(key));
      },
      { describe: "the end of the calls" },
    );

  /** Calls that wait for tomorrow, so that nothing happens to them. */
  const waiting = (count: number, tag: string) =>
    place(
      ...Array.from({ length: count }, () => ({
        tags: [tag],
        scheduledAt: new Date(Date.now() + 24 * HOUR_MS).toISOString(),
      })),
    );

  const rows = (page: Page) => page.locator("[data-call]");
  const isLive = async (page: Page) => {
    await page.locator('[data-live="on"]').waitFor({ state: "attached" });
  };
  const picture = async (page: Page, name: string) => {
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };

  test("before the first call, the screen says how to place one", async () => {
    const page = await signedIn();
    await expectShown(page.getByText("No calls yet. Place one to see it here."));
    await expectAccessible(page);
    await picture(page, "no-calls");
    await page.getByRole("link", { name: "Place the first call" }).click();
    await page.waitForURL(/\/place$/);
  });

  test("the first call appears by itself, and its end, too", async () => {
    const page = await signedIn();
    await isLive(page);
    const [id] = await place({ toNumber: "+15550100110", tags: ["first"] });
    const row = page.locator(`[data-call="${id}"]`);
    await expectShown(row.getByText("Busy", { exact: true }));
    expect(await rows(page).count()).toBe(1);
  });

  test("no call that fits is told apart from no call, and there is a way back", async () => {
    await waiting(1, "somebody");
    const page = await signedIn();
    await page.goto("/?tag=nobody&cost-from=5");
    await expectShown(page.getByText("No call matches these filters."));
    // Nothing above the button is still to come or go, so that it stays under the pointer.
    expect(await page.getByRole("status", { name: "Loading the chart" }).count()).toBe(0);
    await picture(page, "none-fits");
    await page.getByRole("button", { name: "Show all calls" }).click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(0);
    expect(new URL(page.url()).search).toBe("");
  });

  // A button that moves between the press and the release of the pointer is not pressed.
  test("nothing jumps while the screen comes", async () => {
    await waiting(2, "jumps");
    const page = await signedIn();
    await page.addInitScript(() => {
      const shifted: string[] = [];
      Object.assign(globalThis, { shifted });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, sources = [] } = entry as PerformanceEntry & {
            value: number;
            sources?: { node?: Element }[];
          };
          const places = sources.map(({ node }) => node?.className);
          if (value > 0.001) shifted.push(`${value.toFixed(3)}: ${places.join(", ")}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/");
    await page.locator("[data-histogram]").waitFor();
    await isLive(page);
    const shifted = () => page.evaluate(() => (globalThis as { shifted?: string[] }).shifted);
    expect(await shifted()).toEqual([]);
  });

  describe("live", () => {
    test("a row changes where it is, and new ones wait while somebody reads", async () => {
      const [first] = await waiting(3, "steady");
      const page = await signedIn();
      await page.goto("/?tag=steady");
      await expect.poll(() => rows(page).count()).toBe(3);
      await isLive(page);
      await rows(page).first().locator(".row-link").focus();
      const before = await page.locator(`[data-call="${first}"]`).boundingBox();
      await client.calls.cancel.mutate({ id: first! });
      await waiting(2, "steady");
      await expectShown(page.getByRole("button", { name: "2 new calls" }));
      await expectShown(
        page.locator(`[data-call="${first}"]`).getByText("Canceled", { exact: true }),
      );
      expect(await page.locator(`[data-call="${first}"]`).boundingBox()).toEqual(before);
      expect(await rows(page).count()).toBe(3);
      await picture(page, "new-calls-wait");
      await page.getByRole("button", { name: "2 new calls" }).click();
      await expect.poll(() => rows(page).count()).toBe(5);
      await expectShown(page.getByText("5 in all"));
    });

    test("a row that fits no more stays until the next look, and shows what became of it", async () => {
      const [id] = await waiting(1, "leaving");
      const page = await signedIn();
      await page.goto("/?tag=leaving&status=Scheduled");
      await expect.poll(() => rows(page).count()).toBe(1);
      await isLive(page);
      await client.calls.cancel.mutate({ id: id! });
      await expectShown(page.locator("[data-gone]").getByText("Canceled", { exact: true }));
      expect(await rows(page).count()).toBe(1);
    });

    test("can be turned off", async () => {
      await waiting(1, "still");
      const page = await signedIn();
      await page.goto("/?tag=still");
      await isLive(page);
      await page.getByRole("switch", { name: "Live" }).press("Space");
      await page.locator('[data-live="off"]').waitFor({ state: "attached" });
      const asked = page.waitForRequest(/callLog\.live/);
      await waiting(1, "still");
      expect(await rows(page).count()).toBe(1);
      await page.getByRole("switch", { name: "Live" }).press("Space");
      await asked;
      await expect.poll(() => rows(page).count()).toBe(2);
    });

    test("comes back after a proxy had nobody to ask", async () => {
      await waiting(1, "proxied");
      const { page } = await openPage(browser, url);
      onTestFinished(() => page.context().close());
      await signIn(page, KEY);
      const asked = page.waitForRequest(/callLog\.live/);
      await page.route(/callLog\.live/, (route) => route.fulfill({ status: 502 }));
      await page.goto("/?tag=proxied");
      await asked;
      await page.locator('[data-live="connecting"]').waitFor({ state: "attached" });
      await page.unroute(/callLog\.live/);
      await isLive(page);
      await waiting(1, "proxied");
      await expect.poll(() => rows(page).count()).toBe(2);
    });

    test("rests while the page is hidden, and then tells what was missed", async () => {
      await waiting(1, "hidden");
      const page = await signedIn();
      await page.goto("/?tag=hidden");
      await isLive(page);
      const see = (state: "hidden" | "visible") =>
        page.evaluate((value) => {
          Object.defineProperty(document, "visibilityState", { value, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }, state);
      const ended = page.waitForEvent("requestfailed", (request) => request.url().includes("live"));
      await see("hidden");
      await ended;
      await waiting(1, "hidden");
      expect(await rows(page).count()).toBe(1);
      await see("visible");
      await expect.poll(() => rows(page).count()).toBe(2);
    });
  });

  describe("the chart", () => {
    test("is brushed by the pointer, which sets the time; a group of it is a filter", async () => {
      const ids = await place({ tags: ["chart"] }, { tags: ["chart"], toNumber: "+15550100110" });
      await over(ids);
      const page = await signedIn();
      await page.goto("/?tag=chart");
      const chart = page.getByRole("figure", { name: "Calls over time" });
      await expectShown(chart.getByRole("button", { name: "Reached 1", exact: true }));
      const box = (await chart.getByRole("slider").boundingBox())!;
      const middle = box.y + box.height / 2;
      await page.mouse.move(box.x + 2, middle);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 2, middle, { steps: 5 });
      await picture(page, "brushing");
      await page.mouse.up();
      await page.waitForURL(/since=.*until=/);
      await expect.poll(() => rows(page).count()).toBe(2);
      await expectShown(page.getByRole("button", { name: "Remove the filter Since" }));
      await chart.getByRole("button", { name: "Missed 1" }).click();
      await expect.poll(() => rows(page).count()).toBe(1);
      await expectAccessible(page);
      await page.goBack();
      await expect.poll(() => rows(page).count()).toBe(2);
      await page.goBack();
      await expect.poll(() => page.url()).not.toContain("since");
    });

    test("is one stop of the keyboard: arrows go over its columns, Shift selects, Enter filters", async () => {
      const ids = await place({ tags: ["keys"] }, { tags: ["keys"], toNumber: "+15550100110" });
      await over(ids);
      const page = await signedIn();
      await page.goto("/?tag=keys");
      const chart = page.getByRole("figure", { name: "Calls over time" });
      const columns = chart.getByRole("slider", { name: "Calls over time" });
      await columns.focus();
      await page.keyboard.press("End");
      await expectShown(chart.locator("[data-tip]"));
      await page.keyboard.press("Shift+Home");
      const said = await columns.getAttribute("aria-valuetext");
      expect(said).toMatch(/: Reached 1, Missed 1, 2 in all$/);
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      expect(await chart.locator("[data-tip]").count()).toBe(0);
      await chart.getByText("Show as a table").click();
      await expectShown(chart.getByRole("columnheader", { name: "Missed" }));
      await expectAccessible(page);
      await columns.focus();
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+End");
      await page.keyboard.press("Enter");
      await page.waitForURL(/since=.*until=/);
      await expect.poll(() => rows(page).count()).toBe(2);
    });

    test("has a way by keyboard: from, to, and spans that end now", async () => {
      const page = await signedIn();
      const time = page.getByRole("button", { name: /^Time: / });
      await time.focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("From: day").fill("2030-01-01");
      await page.getByLabel("From: time, 24 hours").fill("00:00");
      await page.getByLabel("To: day").fill("2029-01-01");
      await page.keyboard.press("Enter");
      await expectShown(page.getByText("must be after From"));
      await page.getByLabel("To: day").fill("2031-01-01");
      await page.keyboard.press("Enter");
      await page.waitForURL(
        ({ searchParams }) =>
          searchParams.get("since")?.startsWith("2030-01-01T00:00") === true &&
          searchParams.get("zone") === "Europe/Berlin",
      );
      await expectShown(page.getByText("No call matches these filters."));
      await time.click();
      await expectAccessible(page);
      await picture(page, "time");
      await page.getByRole("button", { name: "Last hour" }).click();
      await expect.poll(() => rows(page).count()).toBeGreaterThan(0);
    });

    test("is brushed by a finger", async () => {
      const context = await browser.newContext({
        baseURL: url,
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      });
      onTestFinished(() => context.close());
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      await signIn(page, KEY);
      const bars = page.getByRole("figure", { name: "Calls over time" }).getByRole("slider");
      const box = (await bars.boundingBox())!;
      const touch = (type: string, x: number) =>
        bars.dispatchEvent(type, {
          pointerId: 1,
          pointerType: "touch",
          isPrimary: true,
          button: 0,
          bubbles: true,
          clientX: box.x + x,
          clientY: box.y + 10,
        });
      await bars.evaluate((element) => {
        element.setPointerCapture = () => undefined;
      });
      await touch("pointerdown", 5);
      await touch("pointermove", box.width - 5);
      await touch("pointerup", box.width - 5);
      await expect.poll(() => page.url()).toMatch(/since=.*until=/);
    });
  });

  describe("filters", () => {
    test("find the call by each of them", async () => {
      const incident = { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Regal brennt" };
      const user = { _id: "376d7300-28fe-11f1-b591-3fdcef396abd", name: "Zoë Müller" };
      const [id] = await place({
        toNumber: "+15550100110",
        say: "Quittenmus",
        tags: ["found"],
        incident,
        user,
      });
      await over([id!]);
      const page = await signedIn();
      const searches = [
        "tag=found&outcome=busy",
        `incident=${incident._id}`,
        `user=${user._id}`,
        "tag=found&to=%2B1 (555) 010-0110",
        "tag=found&provider=simulated",
        "tag=found&cost-from=0&cost-to=100",
        "text=quittenmus",
        "text=regal brennt",
        "text=zoë",
        "text=found",
      ];
      for (const search of searches) {
        await page.goto(`/?${search}`);
        await expect.poll(() => rows(page).count(), { message: search }).toBe(1);
      }
      for (const search of ["tag=found&error-class=configuration", "tag=found&cost-from=100"]) {
        await page.goto(`/?${search}`);
        await expectShown(page.getByText("No call matches these filters."));
      }
    });

    test("are chosen from what there is, and a bad one is refused in words where it is typed", async () => {
      const page = await signedIn();
      const add = async (label: string) => {
        await page.getByRole("button", { name: "Add filter" }).click();
        await page.getByRole("button", { name: label, exact: true }).click();
      };
      await add("Incident id");
      await page.getByLabel("Incident id").fill("7");
      await page.keyboard.press("Enter");
      await expectShown(page.getByText("must be an id (a UUID or 24 hexadecimal digits)"));
      await picture(page, "bad-filter");
      await page.keyboard.press("Escape");
      await add("Cost from (US cents)");
      await page.getByLabel("Cost from").fill("much");
      await page.keyboard.press("Enter");
      await expectShown(page.getByText("must be a number"));
      await page.keyboard.press("Escape");
      await add("Outcome of an attempt");
      await page.getByRole("checkbox", { name: "The line was busy" }).press("Space");
      await picture(page, "choices");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Apply" }).click();
      await page.waitForURL(/outcome=busy/);
    });

    test("that the server refuses are told with a way to try again", async () => {
      const page = await signedIn();
      await page.goto("/?incident=7");
      await expectShown(page.getByRole("alert").getByText("must be an id"));
      await expectShown(page.getByRole("button", { name: "Try again" }));
      await expectAccessible(page);
      await picture(page, "refused");
    });

    test("and order are saved under a name, and forgotten", async () => {
      const page = await signedIn();
      await page.goto("/?tag=found&sort=-status");
      await page.getByRole("button", { name: "Views" }).click();
      await page.getByLabel("Name of the view").fill("Found ones");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Delete the view Found ones" }).waitFor();
      await page.goto("/?status=Failed");
      await page.getByRole("button", { name: "Views" }).click();
      await picture(page, "views");
      await page.getByRole("button", { name: "Found ones", exact: true }).click();
      await page.waitForURL((address) => address.search === "?tag=found&sort=-status");
      await page.getByRole("button", { name: "Views" }).click();
      await page.getByRole("button", { name: "Delete the view Found ones" }).click();
      await expectShown(page.getByText("No view is saved in this browser yet."));
    });
  });

  test("every heading that sorts has the server sort", async () => {
    await waiting(1, "sorted");
    const page = await signedIn();
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Columns" }).click();
    for (const label of ["From", "Provider", "Changed"])
      await page.getByLabel(label, { exact: true }).click();
    await page.keyboard.press("Escape");
    const labels = [
      "Status",
      "To",
      "From",
      "Answered by",
      "Attempts",
      "Cost",
      "Provider",
      "Changed",
    ];
    for (const label of labels) {
      const heading = page.getByRole("columnheader", { name: label, exact: false }).first();
      await page.getByRole("button", { name: label, exact: true }).last().click();
      await expect
        .poll(() => heading.getAttribute("aria-sort"), { message: label })
        .toBe("descending");
    }
    await page.locator(".rows:not([data-old])").waitFor();
  });

  test("more than a page is shown on demand, in any order", async () => {
    await waiting(120, "many");
    const page = await signedIn();
    for (const search of ["tag=many", "tag=many&sort=status"]) {
      await page.goto(`/?${search}`);
      await expectShown(page.getByText("120 in all"));
      for (const count of [50, 100, 120]) {
        await expect.poll(() => rows(page).count()).toBe(count);
        if (count < 120) await page.getByRole("button", { name: "Show more" }).click();
      }
      const ids = await rows(page).evaluateAll((all) => all.map((one) => one.dataset["call"]));
      expect(new Set(ids).size).toBe(120);
    }
  });

  describe("many at a time", () => {
    test("are canceled, counted first, and told why others were not", async () => {
      const ids = await waiting(60, "bulk");
      const [busy] = await place({ tags: ["bulk"], toNumber: "+15550100110" });
      await over([busy!]);
      const page = await signedIn();
      await page.goto("/?tag=bulk");
      await page.getByLabel("Select all shown calls").click();
      await page.getByRole("button", { name: "Select all 61" }).click();
      await expectAccessible(page);
      await picture(page, "selected");
      await page.getByRole("button", { name: "Cancel …" }).click();
      const dialog = page.getByRole("dialog");
      await expectShown(dialog.getByText("This will cancel 60 calls."));
      await expectShown(dialog.getByText("1 call: already over"));
      await expectAccessible(page);
      await picture(page, "cancel-many");
      await dialog.getByRole("button", { name: "Cancel 60 calls" }).click();
      await expectShown(dialog.getByText("60 calls canceled"));
      await picture(page, "canceled-many");
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await expect.poll(() => page.getByRole("group", { name: "Selected calls" }).count()).toBe(0);
      const canceled = await client.callLog.count.query({
        query: { tags: "bulk", status: "Canceled" },
      });
      expect(canceled.count).toBe(ids.length);
    });

    test("can be stopped on the way", async () => {
      const page = await signedIn();
      await page.goto("/?tag=many");
      await page.getByLabel("Select all shown calls").click();
      await page.getByRole("button", { name: "Select all 120" }).click();
      await page.getByRole("button", { name: "Cancel …" }).click();
      const dialog = page.getByRole("dialog");
      // One request is about a hundred calls.
      await page.route(/bulk\.run/, async (route) => {
        const answer = await route.fetch();
        await dialog.getByRole("button", { name: "Stop" }).click();
        await route.fulfill({ response: answer });
      });
      await dialog.getByRole("button", { name: "Cancel 120 calls" }).click();
      await expectShown(dialog.getByText("100 calls canceled"));
      await expectShown(dialog.getByText("100 of 120 calls, then stopped"));
      const canceled = { query: { tags: "many", status: "Canceled" } };
      expect(await client.callLog.count.query(canceled)).toEqual({ count: 100 });
    });

    test("are called again", async () => {
      const page = await signedIn();
      await page.goto("/?tag=bulk&status=Canceled");
      await page.getByLabel("Select all shown calls").click();
      await page.getByRole("button", { name: "Select all 60" }).click();
      await page.getByRole("button", { name: "Call again …" }).click();
      const dialog = page.getByRole("dialog");
      // All of them go to one number.
      await dialog.getByRole("button", { name: "Call 1 number again, for 60 calls" }).click();
      await expectShown(dialog.getByText("60 calls called again"));
      const again = { query: { tags: "bulk", retryOf: { _type: "NotNull" } } } as const;
      expect(await client.callLog.count.query(again)).toEqual({ count: 60 });
    });

    test("nothing can be done with what is unknown or over", async () => {
      const page = await signedIn();
      await page.goto("/?tag=first");
      await page.getByLabel("Select the call to +15550100110").click();
      await page.getByRole("button", { name: "Cancel …" }).click();
      await expectShown(page.getByText("This is not possible for any of these calls."));
      await page.keyboard.press("Escape");
      await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    });

    test("are no business of a key that may only read", async () => {
      const { page } = await openPage(browser, url);
      onTestFinished(() => page.context().close());
      await page.route(/\/session$/, async (route) => {
        const response = await route.fetch();
        const body = (await response.json()) as object;
        await route.fulfill({ response, json: { ...body, may: ["read"] } });
      });
      await signIn(page, KEY);
      await rows(page).first().waitFor();
      expect(await page.getByRole("checkbox", { name: /Select/ }).count()).toBe(0);
    });
  });

  test("the keyboard is enough: to a row, along the rows, select, let go, open, and back", async () => {
    const page = await signedIn();
    await page.goto("/?tag=many");
    await expect.poll(() => rows(page).count()).toBe(50);
    await page.locator(".row-link").first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expectShown(page.getByText("2 selected"));
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByText("2 selected").count()).toBe(0);
    await page.keyboard.press("ArrowDown");
    const third = await rows(page).nth(2).getAttribute("data-call");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/calls/${third}$`));
    await page.goBack();
    await page.waitForURL(/\?tag=many$/);
    await expect.poll(() => rows(page).count()).toBe(50);
  });

  test("while the rows are on their way, their places are drawn; when they can't come, it says so", async () => {
    const { page } = await openPage(browser, url);
    onTestFinished(() => page.context().close());
    await signIn(page, KEY);
    await page.route(/callLog\.getList/, (route) => route.abort());
    await page.goto("/?tag=first");
    await expectShown(page.getByLabel("Loading the calls"));
    await picture(page, "loading");
    await expectShown(page.getByText("The server does not answer. Retrying."));
    await picture(page, "no-answer");
    await page.unroute(/callLog\.getList/);
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  test("long and strange texts fit, in each width and scheme", async () => {
    const long = "Der sehr lange Name einer Störung, die in keine Spalte passt ".repeat(4);
    await place(
      {
        toNumber: "+15550100100",
        tags: ["strange"],
        incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396abb", title: long },
        user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abc", name: "منى الراشد" },
      },
      {
        toNumber: "+491511234567890",
        tags: ["strange"],
        user: { _id: "376d7300-28fe-11f1-b591-3fdcef396abe", name: "O".repeat(200) },
        scheduledAt: new Date(Date.now() + HOUR_MS).toISOString(),
      },
    );
    const page = await signedIn(EVERY_LOOK[0]);
    const looks = (name: string) =>
      inEachLook(page, async ({ width, scheme }) => {
        await expectAccessible(page);
        await picture(page, `${name}-${width}-${scheme}`);
      });
    await rows(page).first().waitFor();
    await looks("all");
    await page.goto("/?tag=strange");
    await rows(page).first().waitFor();
    await page.locator("[data-histogram]").waitFor();
    await looks("strange");
    await page
      .getByRole("checkbox", { name: /Select the call/ })
      .first()
      .click();
    await looks("selected");
    await page.getByRole("button", { name: "Cancel …" }).click();
    await page
      .getByRole("dialog")
      .getByText(/This will|EmptyState/)
      .waitFor();
    await looks("dialog");
  });
});
