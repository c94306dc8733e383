import { spawnSync } from "node:child_process";

import { afterAll, beforeAll, expect, test } from "vitest";

import { freePort } from "../packages/runtime/src/free-port.ts";
import { type Installation, startInstallation } from "./e2e/installation.ts";
import { type Block, blocksOf, textOf } from "./markdown.ts";
import { missingOutput, pageScript, shownOutput } from "./snippets/page-script.ts";
import { PAGES_RUN } from "./snippets/pages-run.ts";

const HAS_PYTHON = spawnSync("python3", ["--version"]).status === 0;
const ALERTS = "127.0.0.1:9099";

let installation: Installation;
let key = "";

beforeAll(async () => {
  installation = await startInstallation();
  const created = 'call-log key create --permission "Project Owner"';
  key = (await installation.run(`${COMMAND_LINE}${created}`)).trim();
});
afterAll(() => installation[Symbol.asyncDispose]());

// As the first guide names it.
const COMMAND_LINE = 'call-log() { npm run --silent cli -- "$@"; }\n';

test.each(PAGES_RUN)(
  "%s works as it stands, from top to bottom, and shows what it does",
  async (page) => {
    const blocks = blocksOf(textOf(page)).filter(isRunnable);
    const port = await freePort();
    const output = await installation.runWithFiles((folder) => {
      const { script, files } = pageScript(blocks, folder);
      const here = `${COMMAND_LINE}${script}`
        .replaceAll(ALERTS, `127.0.0.1:${port}`)
        .replaceAll("--port 9099", `--port ${port}`);
      return {
        script: here,
        files,
        environment: { CALL_LOG_API_KEY: key, ALERTS_PORT: String(port) },
      };
    });
    const asShown = output.replaceAll(`127.0.0.1:${port}`, ALERTS);
    expect({ missing: missingOutput(shownOutput(blocks), asShown), output }).toEqual({
      missing: [],
      output,
    });
  },
);

// A machine without Python runs everything else; CI has one.
function isRunnable(_block: Block, index: number, blocks: readonly Block[]): boolean {
  const [block, before] = [blocks[index]!, blocks[index - 1]];
  if (HAS_PYTHON) return true;
  return block.language !== "python" && !(block.note === "output" && before?.language === "python");
}
