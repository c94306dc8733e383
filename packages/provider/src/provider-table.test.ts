import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createProvider, PROVIDER_NAMES } from "./provider-table.ts";

test("every provider of the table bears its own name", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "provider-table-"));
  for (const name of PROVIDER_NAMES) {
    const provider = createProvider(name, { dataDir, someoneElses: "setting" });
    expect(provider.name).toBe(name);
    await provider.close();
  }
  rmSync(dataDir, { recursive: true });
});

test("a setting that is wrong is named", () => {
  expect(() => createProvider("simulated", { dataDir: "/tmp", speed: -1 })).toThrow(/speed/);
  expect(() => createProvider("simulated", {})).toThrow(/dataDir/);
});
