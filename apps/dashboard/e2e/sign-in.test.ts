import { closingStack } from "@call-log/runtime";
import { connectStore } from "@call-log/store";
import { type IdentityProvider, startIdentityProvider } from "@call-log/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { freshFolder, startProcess } from "../../standalone/e2e/standalone-process.ts";
import { expectAccessible, expectShown, HAS_BROWSER, openBrowser, openPage } from "./browser.ts";
import { expectPicture } from "./demo/expect-picture.ts";

const KEY = "sign-in-e2e-key-of-the-owner";

describe.skipIf(!HAS_BROWSER)("signing in by name in a browser (needs Chromium)", () => {
  const closing = closingStack();
  const begunAt = new Date();
  let browser: Browser;
  let url: string;
  let idp: IdentityProvider;
  let shop: string;
  beforeAll(async () => {
    browser = closing.add(await openBrowser());
    idp = closing.add(await startIdentityProvider());
    idp.people.set("ada", { name: "Ada Lovelace", groups: ["oncall", "auditors"] });
    idp.people.set("eve", { name: "Eve", groups: ["choir"] });
    const folder = await freshFolder();
    closing.add({ close: () => folder[Symbol.asyncDispose]() });
    const [demo, another] = await projectsOf(folder.path);
    shop = another;
    const product = startProcess(folder.path, {
      BOOTSTRAP_API_KEY: KEY,
      OIDC_ISSUER: idp.issuer,
      OIDC_CLIENT_ID: idp.clientId,
      OIDC_CLIENT_SECRET: idp.clientSecret,
      OIDC_GROUPS: JSON.stringify([
        { group: "oncall", project: demo, permissions: ["Project Admin"] },
        { group: "auditors", project: shop, permissions: ["Viewer"] },
      ]),
    });
    closing.add({ close: () => product[Symbol.asyncDispose]() });
    url = (await product.ready()).url;
  });
  afterAll(() => closing.close());

  /** Start once without an identity provider, as before the first setting; the ids of the Demo project and of another one. */
  async function projectsOf(folder: string): Promise<[string, string]> {
    await using product = startProcess(folder, { BOOTSTRAP_API_KEY: KEY });
    const { mongodbUri } = await product.ready();
    const store = await connectStore({ uri: mongodbUri });
    const [demo] = await store.projects.list();
    const another = await store.projects.create({ name: "Shop", fromNumbers: ["+15551112222"] });
    await store.close();
    return [demo!._id, another._id];
  }

  async function opened(path = "/"): Promise<Page> {
    const { page, complaints } = await openPage(browser, url);
    onTestFinished(async () => {
      await page.context().close();
      expect(complaints).toEqual([]);
    });
    await page.goto(path);
    return page;
  }

  async function signInAs(page: Page, name: string): Promise<void> {
    await page.getByRole("link", { name: "Sign in with your organization" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  test("leads from the page that was wanted to the identity provider, and back to it", async () => {
    const page = await opened("/?tag=nightly");
    await expectShown(page.getByLabel("API key"));
    await expectAccessible(page);
    await expectPicture(page, "sign-in-1440", begunAt);
    await signInAs(page, "ada");
    await page.getByRole("heading", { name: "Calls" }).waitFor();
    expect(new URL(page.url()).search).toBe("?tag=nightly");
    await expectAccessible(page);
  });

  test("shows one project, and another one when it is chosen", async () => {
    const page = await opened();
    await signInAs(page, "ada");
    const select = page.getByRole("combobox", { name: "Project" });
    await expect.poll(() => select.inputValue()).not.toBe(shop);
    expect(await page.getByRole("link", { name: "Settings" }).count()).toBe(1);
    await select.selectOption({ label: "Shop" });
    await expect.poll(() => select.inputValue()).toBe(shop);
    await expect.poll(() => page.getByRole("link", { name: "Settings" }).count()).toBe(0);
  });

  test("lists the person's sessions, and ends another one at once", async () => {
    const [here, there] = [await opened(), await opened()];
    await signInAs(there, "ada");
    await there.getByRole("heading", { name: "Calls" }).waitFor();
    await signInAs(here, "ada");
    await here.getByRole("link", { name: "Your sessions" }).click();
    await expectShown(here.getByText("this one"));
    await expectShown(here.getByText("You are signed in as Ada Lovelace"));
    await expectAccessible(here);
    await expectPicture(here, "sessions-1440", begunAt);
    await here.getByRole("button", { name: "End all others" }).click();
    await here.getByRole("button", { name: "Yes, end all others" }).click();
    await expect.poll(() => here.locator("[data-session]").count()).toBe(1);
    // Its stream of changes ends within seconds.
    await expectShown(there.getByRole("link", { name: "Sign in with your organization" }));
    await here.reload();
    await expectShown(here.getByText("this one"));
  });

  test("says why it has failed, and lets the person try again", async () => {
    const page = await opened();
    await page.getByRole("link", { name: "Sign in with your organization" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expectShown(page.getByText("The sign-in was canceled"));
    expect(await page.content()).not.toContain("said no");
    await expectAccessible(page);
    await signInAs(page, "ada");
    await page.getByRole("heading", { name: "Calls" }).waitFor();
  });

  test("tells a person of no group so, and lets nobody in", async () => {
    const page = await opened();
    await signInAs(page, "eve");
    await expectShown(page.getByRole("heading", { name: "No access" }));
    await expectAccessible(page);
    await page.goto("/");
    await expectShown(page.getByRole("link", { name: "Sign in with your organization" }));
  });

  test("keys open the dashboard as before, and signing out ends the session", async () => {
    const page = await opened();
    await page.getByLabel("API key").fill(KEY);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Calls" }).waitFor();
    const cookies = await page.context().cookies();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expectShown(page.getByLabel("API key"));
    await page.context().addCookies(cookies);
    await page.reload();
    await expectShown(page.getByLabel("API key"));
  });
});
