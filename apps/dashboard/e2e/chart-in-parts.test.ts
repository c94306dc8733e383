import { callRecord, waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { freshApi, type FreshApi } from "../../api/src/testing/fresh-api.ts";
import {
  expectAccessible,
  expectShown,
  HAS_BROWSER,
  openBrowser,
  openPage,
  signIn,
} from "./browser.ts";

/** Most calls that one answer reads one by one. */
const AT_ONCE = 2;
/** Calls of the present hour, which are read one by one, and older ones, whose hours are summed. */
const [RECENT, OLDER] = [5, 6];
const HOUR_MS = 3_600_000;

describe.skipIf(!HAS_BROWSER)("a chart that comes in parts (needs Chromium)", () => {
  let api: FreshApi;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    [api, browser] = await Promise.all([freshApi(), openBrowser()]);
    const now = Date.now();
    const ages = [
      ...Array.from({ length: RECENT }, (_, n) => (n + 1) * 1000),
      ...Array.from({ length: OLDER }, (_, n) => (40 + n) * HOUR_MS),
    ];
    await api.store.calls.insertMany(
      ages.map((age) => {
        const createdAt = new Date(now - age);
        const { wakeAt: _over, ...call } = callRecord({ createdAt, updatedAt: createdAt });
        return { ...call, projectId: api.projectId, status: "Completed" };
      }),
    );
    await api.store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });
  });
  afterAll(async () => {
    await browser?.close();
    await api?.[Symbol.asyncDispose]();
  });

  /** The address of a server that answers a part at a time, and as many of them as it is let. */
  async function servedInParts() {
    const reader = api.store.createReader({ figuresAtOnce: AT_ONCE });
    // A page may ask for a part again, so each is known by its cursor.
    const partOf = new Map<string | undefined, number>([[undefined, 1]]);
    let allowed = 1;
    const server = await api.serverWith({
      reader: {
        ...reader,
        async histogram(request) {
          const part = partOf.get(request.cursor) ?? 1;
          await waitFor(() => part <= allowed, { describe: `leave to answer part ${part}` });
          const answer = await reader.histogram(request);
          if (answer.nextCursor !== undefined) partOf.set(answer.nextCursor, part + 1);
          return answer;
        },
      },
    });
    const allow = (parts: number) => {
      allowed = parts;
    };
    return { url: await server.listen({ host: "127.0.0.1", port: 0 }), allow };
  }

  test("says how far it has counted, goes on by itself, and ends with all calls", async () => {
    const { url, allow } = await servedInParts();
    const { page, complaints } = await openPage(browser, url);
    onTestFinished(() => page.context().close());
    await signIn(page, api.key);
    const chart = page.getByRole("figure", { name: "Calls over time" });
    const reached = (calls: number) =>
      chart.getByRole("button", { name: `Reached ${calls}`, exact: true });
    const soFar = page.locator("[data-counting]");
    const counted = async () => {
      const text = await soFar.textContent();
      return Number(/, (\d+) of them\. Older ones are being counted\.$/.exec(text ?? "")?.[1]);
    };
    await expectShown(soFar);
    const first = await counted();
    // How many of one part depends on the time that it takes, too.
    expect(first).toBeLessThanOrEqual(AT_ONCE);
    await expectShown(reached(first));
    await expectAccessible(page);
    allow(2);
    await expect.poll(counted).toBeGreaterThan(first);
    const second = await counted();
    expect(second).toBeLessThan(RECENT + OLDER);
    await expectShown(reached(second));
    allow(Number.POSITIVE_INFINITY);
    await expectShown(reached(RECENT + OLDER));
    await expect.poll(() => soFar.count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
