import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../peers/", import.meta.url));

/** Install the servers that call-log is compared with, into a folder of their own; no install script of theirs runs. */
export function installPeers(say: (text: string) => void): void {
  if (existsSync(`${FOLDER}node_modules/parse-server`)) return;
  say("installing the servers to compare with (half a minute, only the first time)");
  const { status } = spawnSync("npm", ["install", "--ignore-scripts", "--no-package-lock"], {
    cwd: FOLDER,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) throw new Error("the servers to compare with can't be installed");
}
