import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { expect, onTestFinished, test } from "vitest";

import { fences, root, textOf } from "./markdown.ts";

const run = promisify(execFile);

const CONFIG = `import base from "../../vitest.config.ts";
export default { ...base, test: { ...base.test, root: import.meta.dirname, include: ["src/acme/*.test.ts"], setupFiles: [], globalSetup: [] } };
`;

/** A copy of the providers' sources, with the guide followed; within the checkout, so that packages are found. */
function followGuide(): string {
  mkdirSync(path.join(root, ".data"), { recursive: true });
  const folder = mkdtempSync(path.join(root, ".data", "guide-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const source = path.join(folder, "src");
  cpSync(path.join(root, "packages/provider/src"), source, { recursive: true });
  const files = fences(textOf("docs/guides/add-a-provider.md"), "ts");
  const [line] = files.filter((content) => !content.startsWith("//"));
  for (const content of files.filter((file) => file.startsWith("//"))) {
    const [, name = ""] = /^\/\/ (\S+)\n/.exec(content)!;
    mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
    writeFileSync(path.join(source, name), content);
  }
  const table = path.join(source, "provider-table.ts");
  const text = readFileSync(table, "utf8").replace("} as const;", `${line}} as const;`);
  writeFileSync(table, `import { acmeKind } from "./acme/acme-kind.ts";\n${text}`);
  const tsconfig = { extends: "../../tsconfig.base.json", include: ["src"] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(path.join(folder, "vitest.config.ts"), CONFIG);
  return folder;
}

test("a provider is added as the guide says: it type-checks and keeps the contract", async () => {
  const folder = followGuide();
  const bin = path.join(root, "node_modules/.bin");
  await run(path.join(bin, "tsc"), ["-p", path.join(folder, "tsconfig.json"), "--noEmit"]);
  const args = ["run", "--config", path.join(folder, "vitest.config.ts"), "--reporter=json"];
  const { stdout } = await run(path.join(bin, "vitest"), args, { cwd: folder });
  const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  // What only some providers can do is left out.
  expect(report.numPassedTests).toBeGreaterThan(25);
  expect(report.numFailedTests).toBe(0);
});
