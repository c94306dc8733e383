import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { build } from "vite";
import { expect, onTestFinished, test } from "vitest";

import { keepAssets } from "./keep-assets.ts";

const DAY_SECONDS = 86_400;

test("a build keeps the files of the builds of a month, and index.html is its own", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "call-log-assets-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const page = '<!doctype html><script type="module" src="./main.js"></script>';
  await writeFile(path.join(root, "index.html"), page);
  const buildOf = async (text: string) => {
    await writeFile(path.join(root, "main.js"), `document.title = ${JSON.stringify(text)};`);
    await build({ root, configFile: false, logLevel: "silent", plugins: [keepAssets()] });
    return readdir(path.join(root, "dist/assets"));
  };
  const [first] = await buildOf("first");
  const [one, other] = await buildOf("second");
  expect([one, other]).toContain(first);
  const file = path.join(root, "dist/assets", first!);
  const monthAgo = Date.now() / 1000 - 31 * DAY_SECONDS;
  await utimes(file, monthAgo, monthAgo);
  const left = await buildOf("third");
  expect(left).toHaveLength(2);
  expect(left).not.toContain(first);
});
