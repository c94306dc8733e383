// Checks the messages of commits: those of FROM..HEAD, else all since they are checked.
//   npm run check:commits [-- FROM]
import { spawnSync } from "node:child_process";
import path from "node:path";

import { root } from "./prepare.mjs";

/** The commits up to this one were written before their messages were checked. */
const UNCHECKED = "4ac63c53bf60b8b29ff954a447109e0bd8c5786e";

const from = process.argv[2] || UNCHECKED;
const commitlint = path.join(root, "node_modules/@commitlint/cli/cli.js");
const { status } = spawnSync(process.execPath, [commitlint, "--from", from, "--to", "HEAD"], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
