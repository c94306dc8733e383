import { createCallLogClient, type CallLogClient } from "@call-log/client";
import {
  type CallRecord,
  isFinalStatus,
  isOfInstallation,
  type CallRequestInput,
  type Permission,
} from "@call-log/model";
import { closingStack } from "@call-log/runtime";
import { connectStore } from "@call-log/store";
import { waitFor } from "@call-log/testing";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";

import {
  COMPRESSED_TIME,
  freshFolder,
  startProcess,
} from "../../standalone/e2e/standalone-process.ts";
import { type Looks, openBrowser, openPage, signIn } from "./browser.ts";

const KEY = "key-of-the-dashboard-tests";

/** The product with its dashboard, and a browser to look at it. */
export interface RunningDashboard {
  url: string;
  client: CallLogClient;
  projectId: string;
  redisUrl: string;
  /** A new key of the project; of the installation for Operator. */
  keyWith(permissions: Permission[]): Promise<{ id: string; key: string }>;
  /** A page of somebody who is signed in, the project's owner by default; it must not have complained when the test ends. */
  signedIn(options?: { key?: string; looks?: Looks }): Promise<Page>;
  /** Write call logs as they are. */
  keep(...records: CallRecord[]): Promise<void>;
  /** Place a call, wait until it is over, and tell its id. */
  placed(request: CallRequestInput): Promise<string>;
  close(): Promise<void>;
}

/** Start the product in compressed time, on the simulated provider, with these settings beside. */
export async function runDashboard(
  settings: Record<string, string> = {},
): Promise<RunningDashboard> {
  const closing = closingStack();
  const browser = closing.add(await openBrowser());
  const folder = await freshFolder();
  closing.add({ close: () => folder[Symbol.asyncDispose]() });
  const product = startProcess(folder.path, {
    ...COMPRESSED_TIME,
    BOOTSTRAP_API_KEY: KEY,
    ...settings,
  });
  closing.add({ close: () => product[Symbol.asyncDispose]() });
  const { url, mongodbUri, redisUrl } = await product.ready();
  const store = closing.add(await connectStore({ uri: mongodbUri }));
  const [project] = await store.projects.list();
  const client = createCallLogClient({ url, apiKey: KEY });
  return {
    url,
    client,
    projectId: project!._id,
    redisUrl,
    keyWith: (permissions) =>
      store.keys.create({
        ...(!permissions.some(isOfInstallation) && { projectId: project!._id }),
        permissions,
      }),
    async signedIn({ key = KEY, looks } = {}) {
      const { page, complaints } = await openPage(browser, url, looks);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints).toEqual([]);
      });
      await signIn(page, key);
      return page;
    },
    async keep(...records) {
      const kept = await store.calls.insertMany(records);
      for (const one of kept) if (one instanceof Error) throw one;
    },
    async placed(request) {
      const { _id: id } = await client.calls.dispatch.mutate(request);
      const isOver = async () => {
        const { status } = await client.callLog.getItem.query({ id, select: { status: true } });
        return isFinalStatus(status ?? "");
      };
      await waitFor(isOver, { describe: "the end of a call" });
      return id;
    },
    close: () => closing.close(),
  };
}
