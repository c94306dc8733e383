import { OPEN_KINDS, OPEN_STATUSES, RUNNING_STATUSES } from "@call-log/model";
import { callRecord } from "@call-log/testing";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { callsHref } from "../src/call/calls-href.ts";
import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

describe.skipIf(!HAS_BROWSER)("screens offer and say only what is so (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
  });
  afterAll(() => running.close());

  test("a key that may not place calls gets no form by its address", async () => {
    const { key } = await running.keyWith(["Viewer"]);
    const page = await running.signedIn({ key });
    await page.goto("/place");
    await expectShown(page.getByText("Your key may not place calls: Viewer."));
    expect(await page.getByLabel("Number").count()).toBe(0);
  });

  test("a key that is shown once is not lost by Escape", async () => {
    const page = await running.signedIn();
    await page.goto("/settings");
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Night");
    await page.getByLabel(/^Viewer/).check();
    await page.getByRole("button", { name: "Create the key" }).click();
    await expectShown(page.locator("[data-made]"));
    await page.keyboard.press("Escape");
    // Had it closed, the page would have the button back for those who don't see.
    expect(await page.getByRole("dialog").count()).toBe(1);
    await expectShown(page.locator("[data-made]"));
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("a session that was revoked says so where it ends", async () => {
    const { id, key } = await running.keyWith(["Viewer"]);
    const page = await running.signedIn({ key });
    await running.client.keys.revoke.mutate({ id });
    await expectShown(page.getByText("Your session is over"));
    await expectAccessible(page);
  });

  test("what can't be called again while it is unknown is not offered", async () => {
    const { _id } = await running.client.calls.dispatch.mutate({
      toNumber: "+15550100142",
      say: "x",
    });
    const page = await running.signedIn();
    await page.goto(`/calls/${_id}`);
    await expectShown(page.getByText("Was this call placed?"));
    expect(await page.getByRole("button", { name: "Call again", exact: true }).count()).toBe(0);
  });

  test("rows that are not live say of when they are, and a chart of other filters is dimmed", async () => {
    await running.placed({ toNumber: "+15550100110", say: "x", tags: ["asof"] });
    const page = await running.signedIn();
    await page.goto("/?tag=asof");
    await page.locator('[data-live="on"]').waitFor({ state: "attached" });
    expect(await page.locator("[data-as-of]").count()).toBe(0);
    await page.getByRole("switch", { name: "Live" }).press("Space");
    await expectShown(page.locator("[data-as-of]", { hasText: /^as of \d\d:\d\d:\d\d$/ }));
    await page.locator("[data-histogram]").waitFor();
    let free = () => {};
    const freed = new Promise<void>((resolve) => void (free = resolve));
    onTestFinished(() => free());
    await page.route(/callLog\.histogram/, async (route) => {
      await freed;
      await route.continue().catch(() => undefined);
    });
    await page.getByRole("button", { name: "Remove the filter Tag" }).click();
    await expectShown(page.locator("[data-histogram][data-old]"));
    free();
    await page.locator("[data-histogram]:not([data-old])").waitFor();
  });

  test("open calls are counted alike on every screen, and each count leads to exactly its calls", async () => {
    const wakeAt = new Date(Date.now() + 86_400_000);
    const { projectId, client } = running;
    const kept = OPEN_STATUSES.flatMap((status, index) =>
      Array.from({ length: index + 1 }, () => callRecord({ projectId, status, wakeAt })),
    );
    await running.keep(...kept);
    const counted = async (statuses: readonly string[]) =>
      (await client.callLog.count.query({ query: { status: [...statuses] } })).count;
    const page = await running.signedIn();
    const leadsTo = async (link: Locator, count: number) => {
      await link.click();
      await expectShown(page.getByText(`${count} in all`, { exact: true }));
    };
    const PARTS = {
      waiting: OPEN_KINDS.waiting.statuses,
      running: RUNNING_STATUSES,
      unknown: OPEN_KINDS.unknown.statuses,
    };
    const open = await counted(OPEN_STATUSES);
    for (const [name, statuses] of Object.entries(PARTS)) {
      await page.goto("/system");
      await expectShown(page.locator('[data-figure="Open"]', { hasText: `${open}` }));
      const part = page.locator(`[data-open-part="${name}"]`);
      const count = await counted(statuses);
      expect((await part.textContent())!.split(" ")[0]).toBe(`${count}`);
      await leadsTo(part, count);
    }
    await page.goto("/system");
    await leadsTo(page.getByRole("link", { name: "Open", exact: true }), open);
    const legend = page.locator(".chart-legend");
    const unknown = await counted(PARTS.unknown);
    await expectShown(legend.getByText(`Waiting or running ${open - unknown}`));
    await expectShown(legend.getByText(`Unknown ${unknown}`));
    for (const { statuses } of Object.values(OPEN_KINDS)) {
      await page.getByRole("button", { name: "Pause project" }).click();
      const count = await counted(statuses);
      const line = page.locator("[data-open-calls] li", {
        hasText: new RegExp(`^${count} calls? `),
      });
      await leadsTo(line.locator(`a[href="${callsHref(statuses)}"]`), count);
    }
  });

  test("wherever a sum of a sandbox stands, it says that it is simulated", async () => {
    const [toNumber, incident] = [
      "+15550100111",
      { _id: "aaaaaaaaaaaaaaaaaaaaaaaa", title: "Sums" },
    ];
    const id = await running.placed({ toNumber, say: "x", incident });
    const page = await running.signedIn();
    const sums = {
      "/": "thead [data-simulated]",
      [`/calls/${id}`]: 'section:has(> div h2:text("Cost")) [data-simulated]',
      [`/incidents/${incident._id}`]: "dl [data-simulated]",
      [`/people/${toNumber}`]: "dl [data-simulated]",
      "/figures": '[data-figure="cost"] [data-simulated]',
      "/costs": "[data-total] [data-simulated]",
    };
    for (const [path, mark] of Object.entries(sums)) {
      await page.goto(path);
      await expectShown(page.locator(mark).first());
    }
    await expectShown(
      page.locator("[data-total]", {
        hasText: /; (every price is final|.*(no price yet|is not known))\./,
      }),
    );
  });

  test("the figures of the health lead to their calls", async () => {
    const page = await running.signedIn();
    await page.goto("/system");
    await page.getByRole("link", { name: "Prices pending" }).click();
    await page.waitForURL(/pricing=pending/);
    await page.goto("/system");
    await page.getByRole("link", { name: "Open", exact: true }).click();
    await page.waitForURL(/status=Scheduled/);
    await expectShown(page.getByRole("button", { name: "Remove the filter Status" }));
  });
});
