import { execFileSync } from "node:child_process";
import path from "node:path";

import { API_VERSION, RELEASE_VERSION } from "@call-log/model";
import { programArguments } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { HAS_BROWSER } from "./browser.ts";
import { runDashboard, type RunningDashboard } from "./running-dashboard.ts";

const COMMAND_LINE = path.join(import.meta.dirname, "../../cli/src/main.ts");

describe.skipIf(!HAS_BROWSER)("the release (needs Chromium)", () => {
  let running: RunningDashboard;
  beforeAll(async () => {
    running = await runDashboard();
  });
  afterAll(() => running.close());

  test("is the same at the dashboard's foot, by --version, by GET /version and in OpenAPI", async () => {
    const page = await running.signedIn();
    const program = [...programArguments(COMMAND_LINE), "--version"];
    const stdout = execFileSync(process.execPath, program, { encoding: "utf8" });
    const version = await page.request.get("/version");
    const document = await page.request.get("/openapi.json");
    // The package names its commit, too.
    const released = { version: RELEASE_VERSION, apiVersion: API_VERSION };
    expect(await version.json()).toMatchObject(released);
    expect({
      foot: await page
        .getByRole("contentinfo")
        .getByText(/^call-log /)
        .textContent(),
      commandLine: stdout.trim(),
      openApi: ((await document.json()) as { info: { version: string } }).info.version,
    }).toEqual({
      foot: `call-log ${RELEASE_VERSION}`,
      commandLine: RELEASE_VERSION,
      openApi: RELEASE_VERSION,
    });
  });
});
