import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import {
  COMPRESSED_TIME,
  freshFolder,
  startProcess,
} from "../../apps/standalone/e2e/standalone-process.ts";
import { programArguments } from "../../packages/testing/src/index.ts";
import { root } from "../markdown.ts";

/**
 * The command line, as a shell runs it from the checkout; without what NODE_OPTIONS tells the programs of pages, which are
 * TypeScript.
 */
export const COMMAND_LINE = `env -u NODE_OPTIONS node ${programArguments(path.join(root, "apps/cli/src/main.ts")).join(" ")}`;

// The command line would go to the server that other suites are told to use.
const { MONGODB_URI: _other, ...environment } = process.env;

/** An installation of its own, on which the commands of pages are run as a reader would run them. */
export interface Installation extends AsyncDisposable {
  /** Run a script in the checkout with the addresses of this installation, its programs from source; its standard output. */
  run: (script: string, more?: Readonly<Record<string, string>>) => Promise<string>;
  /** Run a script that needs files in a folder of the checkout, where packages are found. */
  runWithFiles(make: (folder: string) => FilesAndScript): Promise<string>;
}

/** Files by name, and the script that uses them. */
export interface FilesAndScript {
  script: string;
  files: Readonly<Record<string, string>>;
  environment: Readonly<Record<string, string>>;
}

/** Start an installation. */
export async function startInstallation(): Promise<Installation> {
  const data = await freshFolder();
  const standalone = startProcess(data.path, COMPRESSED_TIME);
  const { url, redisUrl } = await standalone.ready();
  const run: Installation["run"] = async (script, more = {}) => {
    const here = script
      .replaceAll("npm run --silent cli --", COMMAND_LINE)
      .replaceAll("npx tsx --conditions=source", "node")
      .replaceAll("http://127.0.0.1:3000", url)
      .replaceAll("./.data/", `${data.path}/`);
    const env = {
      ...environment,
      NODE_OPTIONS: "--import tsx --conditions=source",
      DATA_DIR: data.path,
      REDIS_URL: redisUrl,
      CALL_LOG_URL: url,
      ...more,
    };
    const { stdout } = await promisify(execFile)("bash", ["-euc", here], { cwd: root, env });
    return stdout;
  };
  return {
    run,
    async runWithFiles(make) {
      const folder = await mkdtemp(path.join(root, "node_modules/.snippets-"));
      const { script, files, environment: more } = make(folder);
      try {
        for (const [name, content] of Object.entries(files))
          await writeFile(path.join(folder, name), content);
        return await run(script, more);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    async [Symbol.asyncDispose]() {
      await standalone[Symbol.asyncDispose]();
      await data[Symbol.asyncDispose]();
    },
  };
}
