import { randomUUID } from "node:crypto";

import { createCallProducer } from "@call-log/client/queue";
import { waitFor } from "@call-log/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { expectAccessible, expectShown, HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

const FOREIGN_NUMBER = "+15557770002";
const REQUEST = { toNumber: "+15550100100", say: "The database is down." };

describe.skipIf(!HAS_BROWSER)("refused requests in a browser (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
  });
  afterAll(() => running?.close());

  /** Queue a request that the worker refuses. */
  async function queue(projectId: string, request: object = {}): Promise<void> {
    const producer = createCallProducer({ redisUrl: running.redisUrl });
    await producer.add(projectId, { ...REQUEST, ...request });
    await producer.close();
  }

  async function close(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  }

  test("health leads to them; one is replayed when the cause is gone, another is dropped", async () => {
    const { client, projectId } = running;
    const refused = (count: number) =>
      waitFor(async () => (await client.deadLetters.list.query()).count === count, {
        describe: `${count} refused requests`,
      });
    await queue(projectId, { fromNumber: FOREIGN_NUMBER });
    // One after the other: the list has the newest first.
    await refused(1);
    await queue(projectId, { fromNumber: FOREIGN_NUMBER, sensitive: true, say: "BLUEBIRD" });
    await refused(2);
    const page = await running.signedIn();
    await page.getByRole("link", { name: "Health" }).click();
    await page.getByRole("link", { name: "Show each of them" }).click();
    await expectShown(page.getByRole("heading", { name: "Refused requests" }));
    const rows = page.locator("[data-dead-letter]");
    await expect.poll(() => rows.count()).toBe(2);
    await expectShown(rows.first().getByText(/^fromNumber: must be /));
    await expectAccessible(page);
    await rows.first().getByRole("button", { name: "Show" }).click();
    await expectShown(page.getByText("The request is sensitive, so its content is not shown"));
    await close(page);
    expect(await page.content()).not.toContain("BLUEBIRD");
    await rows.last().getByRole("button", { name: "Show" }).click();
    await expectShown(page.getByText('"say": "The database is down."'));
    await close(page);
    await rows.last().getByRole("button", { name: "Replay" }).click();
    await page.getByRole("button", { name: "Yes, replay" }).click();
    await expectShown(page.getByRole("dialog").getByText(/fromNumber: must be /));
    await client.projects.update.mutate({ fromNumbers: [FOREIGN_NUMBER] });
    await page.getByRole("button", { name: "Yes, replay" }).click();
    await expect.poll(() => rows.count()).toBe(1);
    await rows.first().getByRole("button", { name: "Drop" }).click();
    await page.getByRole("button", { name: "Yes, drop" }).click();
    await expectShown(page.getByText("No refused request waits for a decision."));
    await page.getByLabel("State").selectOption("all");
    await expectShown(rows.last().getByRole("link", { name: /^call / }));
    await expectShown(rows.first().getByText("Dropped"));
  });

  test("an operator is led to those that name no project, and no key that may only read acts on any", async () => {
    await queue(randomUUID());
    const { key: operatorKey } = await running.keyWith(["Operator"]);
    const page = await running.signedIn({ key: operatorKey });
    await page.getByRole("link", { name: "1 request" }).click();
    const rows = page.locator("[data-dead-letter]");
    await expectShown(rows.getByText("there is no such project"));
    await expectShown(rows.getByRole("button", { name: "Replay" }));
    await queue(running.projectId, { fromNumber: "+15557770009" });
    const { key } = await running.keyWith(["Read Masked Call Log"]);
    const reader = await running.signedIn({ key });
    await reader.getByRole("link", { name: "Health" }).click();
    await reader.getByRole("link", { name: "Show each of them" }).click();
    await expectShown(reader.locator("[data-dead-letter]").getByText(/^fromNumber: .*•/));
    expect(await reader.getByRole("button", { name: "Replay" }).count()).toBe(0);
  });
});
