import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { RELEASE_VERSION } from "../packages/model/src/index.ts";
import { changelogWith } from "../scripts/changelog.mjs";
import { PUBLISHED, release, releaseProblems } from "../scripts/release-steps.mjs";
import { withReleaseVersion } from "../scripts/release-version.mjs";
import { root, textOf } from "./markdown.ts";

test("a release is a section of the changelog, newest first, by kind of change", () => {
  const plan = {
    changesets: [
      { summary: "One more filter.", releases: [{ type: "minor" }] },
      { summary: "The old name is gone.\n\nUse the new one.", releases: [{ type: "major" }] },
      { summary: "No more lost clicks.", releases: [{ type: "none" }, { type: "patch" }] },
      { summary: "A second filter.", releases: [{ type: "minor" }] },
    ],
    releases: [{ newVersion: "2.0.0" }, { newVersion: "2.0.0" }],
  };
  const before = "# Changelog\n\nWhat changes.\n\n## 1.0.0 (2026-01-02)\n\n### Fixes\n\n- Old.\n";
  expect(changelogWith(before, plan, new Date("2026-02-03T04:05:06Z"))).toBe(
    [
      "# Changelog\n\nWhat changes.",
      "## 2.0.0 (2026-02-03)",
      "### Breaking changes\n\n- The old name is gone.\n\n  Use the new one.",
      "### Features\n\n- One more filter.\n- A second filter.",
      "### Fixes\n\n- No more lost clicks.",
      "## 1.0.0 (2026-01-02)",
      "### Fixes\n\n- Old.\n",
    ].join("\n\n"),
  );
});

test("the first release goes under the head of the changelog", () => {
  const plan = {
    changesets: [{ summary: "All of it.", releases: [{ type: "minor" }] }],
    releases: [{ newVersion: "0.2.0" }],
  };
  expect(changelogWith("# Changelog\n", plan, new Date("2026-02-03T04:05:06Z"))).toBe(
    "# Changelog\n\n## 0.2.0 (2026-02-03)\n\n### Features\n\n- All of it.\n",
  );
});

const folders = ["packages", "apps"].flatMap((folder) =>
  readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
);
const manifests = [...folders, "bench", "chaos", "examples"].map(
  (folder) => JSON.parse(textOf(`${folder}/package.json`)) as Manifest,
);

test("a release publishes the program and the client, and nothing else", () => {
  const published = manifests.filter((manifest) => manifest.private !== true);
  expect(published.map(({ name }) => name)).toEqual(["@call-log/client", "call-log"]);
  const folders = PUBLISHED.map(
    (folder) => JSON.parse(textOf(`${folder}/package.json`)) as Manifest,
  );
  expect(folders.map(({ name }) => name).toSorted()).toEqual(published.map(({ name }) => name));
});

test("all packages have one version, and name each other by it", () => {
  const versions = new Set(manifests.map(({ version }) => version));
  expect(versions.size).toBe(1);
  const asked = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
      name.startsWith("@call-log/"),
    ),
  );
  expect(asked.filter(([, version]) => !versions.has(version))).toEqual([]);
});

test("the Python client has the version of the packages", () => {
  const text = textOf("clients/python/src/call_log/_version.py");
  expect(text).toBe(`__version__ = "${manifests[0]!.version}"\n`);
});

test("what the processes say of themselves is the version of the packages", () => {
  expect(manifests[0]!.version).toBe(RELEASE_VERSION);
  const file = textOf("packages/model/src/installation/release.ts");
  expect(withReleaseVersion(file, "9.8.7")).toContain('RELEASE_VERSION = "9.8.7";');
  expect(() => withReleaseVersion("export {};", "9.8.7")).toThrow("names no RELEASE_VERSION");
});

const READY = {
  changedFiles: [],
  changesets: [],
  changelog: "# Changelog\n\n## 0.2.0 (2026-02-03)\n",
  version: "0.2.0",
};

test.each([
  [{}, []],
  [{ changedFiles: ["a.ts"] }, ["the tree has changes that are not committed: a.ts"]],
  [
    { changesets: ["x.md"] },
    [expect.stringMatching(/^1 changesets are not .*\(x\.md\): run `npm run version`/)],
  ],
  [{ version: "0.3.0" }, ["CHANGELOG.md has no section for 0.3.0"]],
])("a release of %o is refused with %j", (change, problems) => {
  expect(releaseProblems({ ...READY, ...change })).toEqual(problems);
});

describe("the release script", () => {
  /** Runs it without running anything; `answers` has what programs print, or throw. */
  function tried(
    answers: Record<string, () => string>,
    options: { root?: string; isDryRun?: boolean } = {},
  ) {
    const [commands, said] = [[] as string[], [] as string[]];
    const run = (command: string, args: string[], env = {}) => {
      const line = [command, ...args].join(" ");
      commands.push(`${line} ${JSON.stringify(env)}`.replace(" {}", ""));
      const known = Object.entries(answers).find(([start]) => line.startsWith(start));
      return known?.[1]() ?? (line.startsWith("npm pack") ? PACK : "abc\n");
    };
    const say = (text: string) => void said.push(text);
    const go = () =>
      release({
        root: options.root ?? fixture(READY.changelog),
        run,
        say,
        isDryRun: options.isDryRun ?? true,
      });
    return { go, commands, said };
  }
  const PACK = JSON.stringify([packOf(["README.md", "LICENSE", "package.json", "dist/main.js"])]);
  const CLEAN = { "git status": () => "" };

  test("checks, builds with the commit, packs both, and says that nothing was published", () => {
    const { go, commands, said } = tried(CLEAN);
    go();
    const env = '{"SOURCE_COMMIT":"abc"}';
    expect(commands).toEqual([
      "git status --porcelain",
      "git rev-parse HEAD",
      "npm run check",
      `npm run build -- --output-logs=errors-only ${env}`,
      `npm pack --json --dry-run --workspace apps/call-log ${env}`,
      `npm pack --json --dry-run --workspace packages/client ${env}`,
    ]);
    expect(said[0]).toBe("x@0.2.0: 4 files, 2 kB packed, 5 kB unpacked");
    expect(said.at(-1)).toBe("nothing was published: this was a dry run on commit abc");
  });

  test("stops at a tree that is not clean, also in a dry run, before it runs anything", () => {
    const { go, commands } = tried({ "git status": () => " M a.ts\n?? b.ts\n" });
    expect(go).toThrow("not committed: a.ts, b.ts");
    expect(commands).toEqual(["git status --porcelain"]);
  });

  test("stops at a check or a build that fails, and publishes nothing", () => {
    for (const failing of ["npm run check", "npm run build"]) {
      const fail = () => {
        throw new Error(`${failing} failed`);
      };
      const { go, commands } = tried({ ...CLEAN, [failing]: fail });
      expect(go).toThrow(`${failing} failed`);
      expect(commands.filter((command) => /pack|publish/.test(command))).toEqual([]);
    }
  });

  test.each([
    [["LICENSE", "package.json"], "x has no README.md"],
    [["README.md", "LICENSE", "package.json", "src/main.ts"], "x has src/main.ts in it"],
    [["README.md", "LICENSE", "package.json", "dist/main.js.map"], "x has dist/main.js.map in it"],
  ])("stops at a package of %j", (files, problem) => {
    const { go } = tried({ ...CLEAN, "npm pack": () => JSON.stringify([packOf(files)]) });
    expect(go).toThrow(problem);
  });

  test("publishes what the changelog describes, and nothing else", () => {
    const described = tried(CLEAN, { isDryRun: false, root: fixture(READY.changelog) });
    described.go();
    expect(described.commands.at(-1)).toBe('npx changeset publish {"SOURCE_COMMIT":"abc"}');
    const open = tried(CLEAN, { isDryRun: false, root: fixture("# Changelog\n", "calm-cats.md") });
    expect(open.go).toThrow(/calm-cats\.md[^]*CHANGELOG\.md has no section for 0\.2\.0/);
    expect(open.commands).toEqual(["git status --porcelain"]);
    // A dry run says so, and goes on.
    const dry = tried(CLEAN, { root: fixture("# Changelog\n", "calm-cats.md") });
    dry.go();
    expect(dry.said.join("\n")).toMatch(/before it is published: 1 changesets[^]*no section/);
  });

  /** A checkout at 0.2.0 with this changelog and these changesets. */
  function fixture(changelog: string, ...changesets: string[]): string {
    const folder = mkdtempSync(path.join(tmpdir(), "call-log-release-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const files = {
      "CHANGELOG.md": changelog,
      "apps/call-log/package.json": '{ "version": "0.2.0" }',
      ".changeset/README.md": "",
      ...Object.fromEntries(changesets.map((name) => [`.changeset/${name}`, "---\n"])),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return folder;
  }

  function packOf(files: string[]) {
    const sizes = { size: 1234, unpackedSize: 4567 };
    return { name: "x", version: "0.2.0", ...sizes, files: files.map((path) => ({ path })) };
  }
});

interface Manifest {
  name: string;
  private?: boolean;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
