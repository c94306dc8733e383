import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { SUPPORTED_FEATURES } from "../../embedded-mongo/src/supported-features.ts";
import { featureFaults, KEPT_FEATURES } from "./mongo-features.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const kept = Object.keys(KEPT_FEATURES);
const supported = new Set(["filter $in", "stage $match", ...kept]);
const faultsOf = (sent: readonly string[], isComplete: boolean) =>
  featureFaults({ sent: new Set(sent), supported, isComplete });

test("what is sent and supported is no fault", () => {
  expect(faultsOf(["filter $in", "stage $match"], true)).toEqual([]);
  expect(faultsOf(["filter $in"], false)).toEqual([]);
});

test("what is sent but not supported is a fault, also of a part of the tests", () => {
  expect(faultsOf(["filter $in", "filter $where", "command noSuchCommand"], false)).toEqual([
    "filter $where: is sent, but not supported",
  ]);
});

test("what is supported but never sent is a fault", () => {
  expect(faultsOf(["filter $in"], true)).toEqual(["stage $match: is supported, but never sent"]);
});

test("a feature that is kept for a reason but was removed is a fault", () => {
  const faults = featureFaults({ sent: new Set(), supported: new Set(), isComplete: true });
  expect(faults).toEqual(kept.map((name) => `${name}: is listed as kept, but not supported`));
});

// What only tests send would be recorded all the same.
test("each operator that the embedded MongoDB supports is in the code of the product", () => {
  const product = [...sourcesIn("packages"), ...sourcesIn("apps")].join("\n");
  const operators = [...SUPPORTED_FEATURES]
    .filter((name) => !name.startsWith("option"))
    .flatMap((name) => /\$\w+$/.exec(name) ?? []);
  expect(operators.length).toBeGreaterThan(30);
  const missing = operators.filter((name) => !new RegExp(`\\${name}\\b`).test(product));
  expect(missing).toEqual([]);
});

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.(?:test|contract))\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|\/(?:dist|testing|embedded-mongo|e2e)\//.test(file))
    .map((file) => readFileSync(file, "utf8"));
}
