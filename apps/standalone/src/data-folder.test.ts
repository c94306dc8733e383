import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { beforeEach, describe, expect, onTestFinished, test } from "vitest";

import { readStandaloneConfig } from "./config.ts";
import { heldDatabase, markInstallation, prepareDataFolder } from "./data-folder.ts";
import { openMongo } from "./mongo-server.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "call-log-data-"));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }));
});

const inFolder = (...names: string[]) => path.join(folder, ...names);
const modeOf = async (place: string) => ((await stat(place)).mode & 0o7777).toString(8);

describe("prepareDataFolder", () => {
  test("makes a folder that its owner alone may enter", async () => {
    await prepareDataFolder(inFolder("new", "data"));
    expect(await modeOf(inFolder("new", "data"))).toBe("700");
  });

  test("closes a folder that was open, and everything in it that is ours", async () => {
    await chmod(folder, 0o755);
    await mkdir(inFolder("redis", "appendonlydir"), { recursive: true, mode: 0o755 });
    const files = [["standalone.json"], ["redis", "address"], ["redis", "appendonlydir", "a.aof"]];
    for (const names of files) await writeFile(inFolder(...names), "x", { mode: 0o644 });
    await prepareDataFolder(folder);
    for (const names of files) expect(await modeOf(inFolder(...names))).toBe("600");
    for (const names of [[], ["redis"], ["redis", "appendonlydir"]])
      expect(await modeOf(inFolder(...names))).toBe("700");
  });

  test("leaves what is not ours: other names, what a link leads to, a folder that many share", async () => {
    await mkdir(inFolder("shared"));
    await chmod(inFolder("shared"), 0o1777);
    await writeFile(inFolder("shared", "script.sh"), "", { mode: 0o755 });
    await symlink(inFolder("shared", "script.sh"), inFolder("shared", "mongo"));
    await prepareDataFolder(inFolder("shared"));
    expect(await modeOf(inFolder("shared"))).toBe("1777");
    expect(await modeOf(inFolder("shared", "script.sh"))).toBe("755");
  });
});

describe("an embedded MongoDB", () => {
  const config = () => readStandaloneConfig({ DATA_DIR: folder, DATABASE_ENGINE: "embedded" });
  const open = async () => {
    await prepareDataFolder(folder);
    return openMongo(config());
  };
  const database = () => inFolder("mongo", "data.mdb");

  test("begins in an empty folder, and again in one whose first start got no further", async () => {
    await (await open()).close();
    expect(await heldDatabase(folder)).toBeUndefined();
    await (await open()).close();
    expect(await modeOf(database())).toBe("600");
  });

  // What earlier releases took for a new installation, without a word.
  test.each([
    ["emptied", () => writeFile(database(), "")],
    ["cut off within its first write", () => writeFile(database(), "torn")],
    ["removed", () => rm(database())],
    ["removed with its folder", () => rm(inFolder("mongo"), { recursive: true })],
  ])("refuses a folder whose database was %s, and leaves it as it is", async (_, empty) => {
    await (await open()).close();
    await markInstallation(folder, "embedded");
    await empty();
    const before = await readFile(database(), "utf8").catch(() => "none");
    await expect(open()).rejects.toThrow(
      /^DATA_DIR: database \S+ is missing or empty, but \S+ held an installation; restore it .*$/,
    );
    expect(await readFile(database(), "utf8").catch(() => "none")).toBe(before);
  });

  test("refuses one of an earlier release by the calls that the simulated provider has placed", async () => {
    await (await open()).close();
    await mkdir(inFolder("simulated-carrier"));
    await writeFile(inFolder("simulated-carrier", "ledger.jsonl"), "");
    expect(await heldDatabase(folder)).toBeUndefined();
    await writeFile(inFolder("simulated-carrier", "ledger.jsonl"), "{}\n");
    await expect(open()).rejects.toThrow("held an installation");
  });
});

test("a folder is marked once, with an id", async () => {
  await markInstallation(folder, "embedded");
  const first = await readFile(inFolder("installation.json"), "utf8");
  expect(JSON.parse(first)).toEqual({
    id: expect.any(String),
    createdAt: expect.any(String),
    database: "embedded",
  });
  await markInstallation(folder, "embedded");
  expect(await readFile(inFolder("installation.json"), "utf8")).toBe(first);
  expect(await modeOf(inFolder("installation.json"))).toBe("600");
});
