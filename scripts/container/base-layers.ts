import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

import { output, run } from "./command.ts";

/** Folders of the machine that stand for those of the base image. */
const KEPT = new Set(["bin", "etc", "lib", "lib32", "lib64", "libx32", "sbin", "usr", "var"]);

const ACCOUNTS = {
  "etc/passwd":
    "root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n",
  "etc/group": "root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n",
};

/**
 * Layers that make this machine look like the image `node:VERSION-slim`, the topmost first: Debian's programs are the machine's own,
 * Node.js and npm are in /usr/local, and nothing else of the machine is seen.
 */
export function baseLayers(image: string, folder: string): string[] {
  const [, version] = /^node:(\d+\.\d+\.\d+)-slim(?:@sha256:[0-9a-f]{64})?$/.exec(image) ?? [];
  if (version === undefined) throw new Error(`FROM ${image}: only node:N.N.N-slim is known here`);
  const hiding = path.join(folder, "hiding");
  const node = path.join(folder, "node");
  hide(hiding);
  for (const part of ["usr/local/bin", "usr/local/lib/node_modules", "etc", "home/node", "root"])
    mkdirSync(path.join(node, part), { recursive: true });
  for (const part of ["proc", "dev", "sys", "run"]) mkdirSync(path.join(node, part));
  run("install", "--directory", "--mode=1777", path.join(node, "tmp"));
  run("chown", "1000:1000", path.join(node, "home/node"));
  for (const [file, text] of Object.entries(ACCOUNTS)) writeFileSync(path.join(node, file), text);
  copyFileSync(realpathSync("/etc/resolv.conf"), path.join(node, "etc/resolv.conf"));
  placeNode(version, path.join(node, "usr/local"));
  return [node, hiding, "/"];
}

// A device 0/0 in a layer hides what is below it.
function hide(layer: string): void {
  mkdirSync(path.join(layer, "usr"), { recursive: true });
  const others = readdirSync("/").filter((name) => !KEPT.has(name));
  for (const name of [...others, "usr/local"]) run("mknod", path.join(layer, name), "c", "0", "0");
}

function placeNode(version: string, local: string): void {
  const own = ["scripts/with-node.mjs", version, "node", "-p", "process.execPath"];
  const program = output(process.execPath, ...own)
    .trim()
    .split("\n")
    .at(-1)!;
  copyFileSync(program, path.join(local, "bin/node"));
  run("chmod", "+x", path.join(local, "bin/node"));
  // npm's own programs are in its folder bin.
  const npm = path.dirname(path.dirname(realpathSync(output("sh", "-c", "command -v npm").trim())));
  run("cp", "--recursive", npm, path.join(local, "lib/node_modules/npm"));
  for (const name of ["npm", "npx"])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, "bin", name));
}
