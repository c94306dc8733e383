import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { EVERY_PROPERTY } from "@call-log/export";
import { isFinalStatus, presentCallLog } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { MongoClient } from "mongodb";
import { v5, v7 } from "uuid";

import { CORPUS_PROJECT_ID, corpusCall } from "./corpus.ts";
import { seededRandom } from "./random.ts";
import type { CorpusProject } from "./workload.ts";

const PROJECTS = 10;
const CLI = fileURLToPath(new URL("../../../apps/cli/dist/main.js", import.meta.url));

/** Projects whose call logs were imported a moment ago, and how long that took. */
export interface ImportedProjects {
  projects: readonly CorpusProject[];
  /** Call logs imported a second, with all that `call-log import` does. */
  perSecond: number;
}

/** Import a log of this size into each of ten projects of an empty database, by the command that users have. */
export async function importProjects(uri: string, size: number): Promise<ImportedProjects> {
  const projects = Array.from({ length: PROJECTS }, (_, number) => ({
    id: v5(`imported ${number}`, CORPUS_PROJECT_ID),
    key: `cl_benchmark_of_imports_${String(number).padStart(23, "0")}`,
  }));
  await prepare(uri, projects);
  const startedAt = performance.now();
  for (const [number, { id }] of projects.entries())
    await importInto(id, { uri, lines: exportedCalls(number, size) });
  const seconds = (performance.now() - startedAt) / 1000;
  return { projects, perSecond: (PROJECTS * size) / seconds };
}

async function prepare(uri: string, projects: readonly CorpusProject[]): Promise<void> {
  await using client = new MongoClient(uri);
  await client.db().dropDatabase();
  const store = await connectStore({ uri });
  try {
    for (const { id, key } of projects) {
      await store.projects.create({ id, name: id });
      await store.keys.createWithKey({ key, projectId: id, permissions: ["Viewer"] });
    }
  } finally {
    await store.close();
  }
}

/** The calls of a corpus that are over, as JSON lines. An id is in a database once, so each project has ids of its own. */
function* exportedCalls(project: number, size: number): Generator<string> {
  for (let index = 0; index < size; index += 1) {
    const call = corpusCall(index, size);
    if (!isFinalStatus(call.status)) continue;
    const random = seededRandom(project * size + index);
    const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));
    const _id = v7({ msecs: call.createdAt.getTime(), random: bytes });
    yield `${JSON.stringify(presentCallLog({ ...call, _id }, EVERY_PROPERTY))}\n`;
  }
}

interface Import {
  uri: string;
  lines: Iterable<string>;
}

async function importInto(projectId: string, { uri, lines }: Import): Promise<void> {
  const child = spawn(process.execPath, [CLI, "import", "-", "--project", projectId], {
    env: { ...process.env, MONGODB_URI: uri },
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  await pipeline(Readable.from(lines), child.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`call-log import ended with ${code}`);
}
