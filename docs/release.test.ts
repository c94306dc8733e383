import { readdirSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { changelogWith } from "../scripts/changelog.mjs";
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

interface Manifest {
  name: string;
  private?: boolean;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
