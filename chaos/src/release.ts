import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { connectStore, type Store } from "@call-log/store";
import { waitFor } from "@call-log/testing";
import { z } from "zod";

import { sourceArguments } from "./supervised-process.ts";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** Version 0.1.0 as the tests with older data know it, until a release has a tag. */
const FIRST_RELEASE = "4ac63c5";

/** What an installation is started from. */
export interface Release {
  /** The programs of its api and worker. */
  api: string;
  worker: string;
  /** Make a project and the key of its owner in a database, which this release prepares by that. */
  createKey(mongodbUri: string): Promise<{ apiKey: string }>;
}

/** This working copy; its worker can be killed at a step. */
export const THIS_RELEASE: Release = {
  api: path.join(REPOSITORY, "apps/api/src/main.ts"),
  worker: path.join(REPOSITORY, "chaos/src/chaos-worker.ts"),
  async createKey(mongodbUri) {
    const store = await openStore(mongodbUri);
    const project = await store.projects.create({ name: "Chaos" });
    const permissions = ["Project Owner"] as const;
    const named = { projectId: project._id, permissions: [...permissions], name: "chaos" };
    const { key } = await store.keys.create(named);
    await store.close();
    return { apiKey: key };
  },
};

/** The store of a database that may still be starting. */
export function openStore(uri: string): Promise<Store> {
  return waitFor(() => connectStore({ uri }).catch(() => undefined), {
    timeoutMs: 180_000,
    describe: "the database",
  });
}

/** The tag of the last release, or the commit of the first one. */
export async function previousRelease(): Promise<string> {
  const { stdout } = await run("git", ["tag", "--list", "v*", "--sort=-v:refname"], {
    cwd: REPOSITORY,
  });
  return stdout.split("\n")[0] || FIRST_RELEASE;
}

/**
 * The sources of another commit, with the dependencies that are installed here: its own packages, and everything else by links. Rejects
 * when git does not have the commit.
 */
export async function earlierRelease(commit: string): Promise<Release> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-earlier-"));
  process.once("exit", () => void rm(folder, { recursive: true, force: true }));
  await unpack(commit, folder);
  await linkDependencies(folder);
  const cli = path.join(folder, "apps/cli/src/main.ts");
  return {
    api: path.join(folder, "apps/api/src/main.ts"),
    worker: path.join(folder, "apps/worker/src/main.ts"),
    async createKey(mongodbUri) {
      const named = ["project", "create", "--name", "Chaos", "--json"];
      // Its own first start is what prepares the database.
      const projectId = await waitFor(
        () => runJson(cli, named, mongodbUri).catch(() => undefined),
        {
          timeoutMs: 180_000,
          describe: "the database",
        },
      ).then((made) => z.looseObject({ _id: z.string() }).parse(made)._id);
      const owner = ["--project", projectId, "--permission", "Project Owner", "--json"];
      const made = await runJson(cli, ["key", "create", ...owner], mongodbUri);
      return { apiKey: z.looseObject({ key: z.string() }).parse(made).key };
    },
  };
}

async function unpack(commit: string, folder: string): Promise<void> {
  const archive = spawn("git", ["archive", commit], {
    cwd: REPOSITORY,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const tar = spawn("tar", ["-x", "-C", folder], { stdio: [archive.stdout, "inherit", "inherit"] });
  const ends = await Promise.all([once(archive, "exit"), once(tar, "exit")]);
  if (ends.some(([code]) => code !== 0))
    throw new Error(`git has no commit ${commit}; name another one with --since`);
}

async function linkDependencies(folder: string): Promise<void> {
  const [installed, own] = [
    path.join(REPOSITORY, "node_modules"),
    path.join(folder, "node_modules"),
  ];
  await mkdir(path.join(own, "@call-log"), { recursive: true });
  for (const name of await readdir(installed))
    if (name !== "@call-log") await symlink(path.join(installed, name), path.join(own, name));
  for (const room of ["packages", "apps"])
    for (const name of await readdir(path.join(folder, room))) {
      const place = path.join(folder, room, name);
      const { name: called } = z
        .looseObject({ name: z.string() })
        .parse(JSON.parse(await readFile(path.join(place, "package.json"), "utf8")));
      await symlink(place, path.join(own, called));
    }
}

async function runJson(file: string, argv: string[], mongodbUri: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...sourceArguments(file), ...argv], {
    env: { ...process.env, MONGODB_URI: mongodbUri },
  });
  return JSON.parse(stdout);
}
