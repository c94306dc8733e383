import type { connectStore, Store } from "@call-log/store";
import { z } from "zod";

import { benchClaim } from "../bench-claim.ts";
import { answerQuestions } from "../node-process.ts";
import { CORPUS_PROJECT_ID } from "../reads/corpus.ts";
import { type WrittenCall, writtenCall } from "./written-call.ts";

// Writes calls by the store of a state, as its api and worker do. Arguments: address of the database, the store's built module.
const [uri, module] = process.argv.slice(2);

/** The calls are those of a corpus of this size, again and again. */
const SIZE = 10_000;
/** Writes at a time, as a worker has them by default. */
const LANES = 50;

const order = z.object({ act: z.enum(["insert", "end"]), calls: z.number() });

const { connectStore: connect } = (await import(module!)) as { connectStore: typeof connectStore };
const store: Store = await connect({ uri: uri! });
await store.projects.create({ id: CORPUS_PROJECT_ID, name: "Benchmark" });
let open: WrittenCall[] = [];
let written = 0;

async function insert(calls: number): Promise<void> {
  open = Array.from({ length: calls }, (_, index) => writtenCall((written + index) % SIZE, SIZE));
  written += calls;
  await inLanes(open, async ({ queued }) => void (await store.calls.insert(queued)));
}

/** Its claim, the provider's answer, and its end; as few writes as a call can have. */
async function end({ queued, ended }: WrittenCall): Promise<void> {
  const claimed = await store.calls.claim(benchClaim(queued));
  if (claimed === undefined) throw new Error(`call ${queued._id} was not to be claimed`);
  const ringing = await store.calls.replace({ ...claimed, status: "Ringing" });
  if (ringing === undefined) throw new Error(`call ${queued._id} was changed by another one`);
  const { revision } = ringing;
  if ((await store.calls.replace({ ...ended, revision })) === undefined)
    throw new Error(`call ${queued._id} was changed by another one`);
}

async function inLanes<Item>(items: readonly Item[], act: (item: Item) => Promise<void>) {
  const rest = items.values();
  // One iterator for all, so that each lane takes the next item.
  const inTurn = async () => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: LANES }, inTurn));
}

process.once("SIGTERM", () => void store.close().then(() => process.exit()));
answerQuestions(async (question) => {
  const { act, calls } = order.parse(question);
  await (act === "insert" ? insert(calls) : inLanes(open, end));
  return "written";
});
