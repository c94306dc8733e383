import { cpSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ignore from "@balena/dockerignore";

import { output } from "./command.ts";

/** Copy what an engine would get from this checkout to a folder: files that git tracks or would, without those of .dockerignore. */
export function copyContext(root: string, folder: string): void {
  const rules = ignore.default().add(readFileSync(path.join(root, ".dockerignore"), "utf8"));
  const listed = output(
    "git",
    "-C",
    root,
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  );
  const files = rules.filter(listed.split("\0").filter((file) => file !== ""));
  if (files.length === 0) throw new Error("the context of the build is empty");
  for (const file of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    // A link stays one; a file that was deleted and not yet committed is none.
    if (lstatSync(path.join(root, file), { throwIfNoEntry: false }) !== undefined)
      cpSync(path.join(root, file), target, { verbatimSymlinks: true });
  }
}
