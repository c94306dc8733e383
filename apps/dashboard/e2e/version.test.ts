import { API_VERSION, RELEASE_VERSION } from "@call-log/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { runInTest } from "../../cli/src/testing/cli-on.ts";
import { HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

describe.skipIf(!HAS_BROWSER)("the release (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
  });
  afterAll(() => running.close());

  test("is the same at the dashboard's foot, by --version, by GET /version and in OpenAPI", async () => {
    const page = await running.signedIn();
    const { stdout } = await runInTest(["--version"]);
    const version = await page.request.get("/version");
    const document = await page.request.get("/openapi.json");
    expect(await version.json()).toEqual({ version: RELEASE_VERSION, apiVersion: API_VERSION });
    expect({
      foot: (await page.getByRole("contentinfo").textContent())?.replace("call-log ", ""),
      commandLine: stdout.trim(),
      openApi: ((await document.json()) as { info: { version: string } }).info.version,
    }).toEqual({
      foot: RELEASE_VERSION,
      commandLine: RELEASE_VERSION,
      openApi: RELEASE_VERSION,
    });
  });
});
