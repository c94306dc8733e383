import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The packages of a release, by their folders. */
export const PUBLISHED = ["apps/call-log", "packages/client"];

/**
 * Why a release can't be published, as lines that say what to do; none when it can.
 * @param {{ changedFiles: readonly string[], changesets: readonly string[], changelog: string, version: string }} state
 */
export function releaseProblems({ changedFiles, changesets, changelog, version }) {
  const problems = [];
  if (changedFiles.length > 0)
    problems.push(`the tree has changes that are not committed: ${changedFiles.join(", ")}`);
  if (changesets.length > 0)
    problems.push(
      `${changesets.length} changesets are not in CHANGELOG.md yet (${changesets.join(", ")}): run \`npm run version\`, and commit that`,
    );
  if (!changelog.includes(`\n## ${version} (`))
    problems.push(`CHANGELOG.md has no section for ${version}`);
  return problems;
}

/**
 * Checks, builds and packs what is published, says so, and publishes it unless `isDryRun`. Throws with the reason to stop.
 * @param {object} options
 * @param {string} options.root of the checkout
 * @param {(command: string, args: string[], env?: Record<string, string>) => string} options.run runs a program there; throws when it fails
 * @param {(text: string) => void} options.say
 * @param {boolean} [options.isDryRun] publishes nothing, so that changesets and the changelog may still be open
 * @param {boolean} [options.isChecked] `npm run check` has passed on this commit, as before in CI
 */
export function release({ root, run, say, isDryRun = false, isChecked = false }) {
  const state = readState(root, run);
  const [dirty, open] = [{ ...state, changesets: [], changelog: `\n## ${state.version} (` }, state];
  const problems = releaseProblems(isDryRun ? dirty : open);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const commit = run("git", ["rev-parse", "HEAD"]).trim();
  if (!isChecked) run("npm", ["run", "check"]);
  const env = { SOURCE_COMMIT: commit };
  run("npm", ["run", "build", "--", "--output-logs=errors-only"], env);
  for (const text of PUBLISHED.map((folder) => packed(folder, { run, env }))) say(text);
  if (!isDryRun) return say(run("npx", ["changeset", "publish"], env));
  for (const line of releaseProblems(open)) say(`before it is published: ${line}`);
  return say(`nothing was published: this was a dry run on commit ${commit}`);
}

function readState(root, run) {
  const changed = run("git", ["status", "--porcelain"]).split("\n").filter(Boolean);
  const { version } = JSON.parse(readFileSync(path.join(root, PUBLISHED[0], "package.json")));
  const changesets = readdirSync(path.join(root, ".changeset")).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  );
  const changelog = readFileSync(path.join(root, "CHANGELOG.md"), "utf8");
  return { changedFiles: changed.map((line) => line.slice(3)), changesets, changelog, version };
}

/** What a package has in it; throws when that is not what users need. */
function packed(folder, { run, env }) {
  const [found] = JSON.parse(
    run("npm", ["pack", "--json", "--dry-run", "--workspace", folder], env),
  );
  const files = found.files.map((file) => file.path);
  const missing = ["README.md", "LICENSE", "package.json"].filter((name) => !files.includes(name));
  const foreign = files.filter((name) => /(^|\/)(src|testing|modules)\/|\.map$/.test(name));
  if (missing.length > 0) throw new Error(`${found.name} has no ${missing.join(", ")}`);
  if (foreign.length > 0) throw new Error(`${found.name} has ${foreign.join(", ")} in it`);
  const kB = (bytes) => `${Math.ceil(bytes / 1000)} kB`;
  return `${found.name}@${found.version}: ${files.length} files, ${kB(found.size)} packed, ${kB(found.unpackedSize)} unpacked`;
}
