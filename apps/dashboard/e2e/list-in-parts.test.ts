import { CallLogError } from "@call-log/model";
import { callRecord } from "@call-log/testing";
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

const OLDER = "older";

describe.skipIf(!HAS_BROWSER)("a list that comes in parts (needs Chromium)", () => {
  let api: FreshApi;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    [api, browser] = await Promise.all([freshApi(), openBrowser()]);
    const { wakeAt: _over, ...call } = callRecord({ projectId: api.projectId });
    await api.store.calls.insertMany([{ ...call, status: "Completed" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.[Symbol.asyncDispose]();
  });

  /** The address of a server that finds nothing in time for the first page of a list. */
  async function servedInParts() {
    const { reader } = api.dependencies;
    const server = await api.serverWith({
      reader: {
        ...reader,
        async list({ projectId, input: { cursor, ...input } }) {
          if (input.inParts !== true) throw new CallLogError("BAD_REQUEST", "too slow");
          if (cursor === OLDER) return reader.list({ projectId, input });
          const { skip, limit } = input;
          const countedFrom = new Date();
          return { data: [], count: 0, countedFrom, nextCursor: OLDER, skip, limit };
        },
      },
    });
    return server.listen({ host: "127.0.0.1", port: 0 });
  }

  test("does not say that there is nothing, and goes on", async () => {
    const { page, complaints } = await openPage(browser, await servedInParts());
    onTestFinished(() => page.context().close());
    await signIn(page, api.key);
    await expectShown(page.getByText("0 or more"));
    expect(await page.getByText("No calls yet").count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Show more" }).click();
    await expectShown(page.getByRole("row").filter({ hasText: "+1" }));
    await page.getByRole("checkbox", { name: "Select all shown calls" }).click();
    await page.getByRole("button", { name: "Select all", exact: true }).click();
    await expectShown(page.getByText("All calls that match: 0 or more"));
    expect(complaints).toEqual([]);
  });
});
