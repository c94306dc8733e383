import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { programArguments } from "./program-arguments.ts";

const BUILD = { TEST_FROM_BUILD: "1" };

test("a program is run from source, or as it was built where there is a build", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "program-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const source = path.join(folder, "src", "main.ts");
  expect(programArguments(source, {})).toEqual(["--import", "tsx", "--conditions=source", source]);
  expect(programArguments(source, BUILD)).toEqual(["--import", "tsx", source]);
  const built = path.join(folder, "dist", "main.js");
  await mkdir(path.dirname(built));
  await writeFile(built, "");
  expect(programArguments(source, BUILD)).toEqual([built]);
});

test("a program that is in the package is run as that package's command", () => {
  const inPackage = (source: string) => programArguments(source, { TEST_FROM_BUILD: "package" });
  const [program] = inPackage("/x/apps/cli/src/main.ts");
  expect(program).toMatch(/\/apps\/call-log\/dist\/main\.js$/);
  expect(inPackage("/x/apps/standalone/src/main.ts")).toEqual([program, "start"]);
  expect(inPackage("/x/apps/api/src/main.ts")).toEqual([program, "api"]);
  expect(inPackage("/x/apps/worker/src/main.ts")).toEqual([program, "worker"]);
  expect(inPackage("/x/other/src/main.ts")).toEqual(["--import", "tsx", "/x/other/src/main.ts"]);
});
