import { MongoClient } from "mongodb";
import { z } from "zod";

import { storeOf } from "../before.ts";
import { type BenchMongo, openMongo } from "../bench-mongo.ts";
import { type NodeProcess, startNode } from "../node-process.ts";
import { inRounds } from "../rounds.ts";
import { median } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";

/** What writing a call costs by the store alone, now and before: its indexes, and what it is found and summed by. */
export const writesSuite: Suite = {
  name: "writes",
  title: "Writing a call",
  async run(settings) {
    const mongo = await openMongo(settings);
    const writers = startWriters(mongo, settings);
    try {
      const [rounds, calls] = settings.quick ? [3, 500] : [5, 1000];
      const measure = (writer: Writer) => measureWriter(writer, { mongo, calls });
      await inRounds(writers, 1, measure);
      const measured = await inRounds(writers, rounds, measure);
      return [
        `Database: ${mongo.name}, empty at first. Each writes ${calls} calls a round, 50 at a time, ${rounds} rounds.`,
        ...ACTS.map((act) => costTable(act, writers, measured)),
      ];
    } finally {
      await Promise.all(writers.map((one) => one.process.close()));
      await Promise.all(writers.map((one) => dropDatabase(mongo, one)));
      await mongo.close();
    }
  },
};

const ACTS = ["insert", "end"] as const;
type Act = (typeof ACTS)[number];

const TITLES: Readonly<Record<Act, string>> = {
  insert: "A call is inserted",
  end: "It is claimed, answered, and ended",
};

/** A process that writes calls by the store of one state, in a database of its own. */
interface Writer {
  name: string;
  uri: string;
  process: NodeProcess;
}

function startWriters(mongo: BenchMongo, { before }: BenchSettings): Writer[] {
  const start = (name: string, module: string): Writer => {
    const uri = mongo.uriOf(`bench-writes-${name.replaceAll(" ", "-")}-${process.pid}`);
    return {
      name,
      uri,
      process: startNode({ file: "./writes/writer-process.js", args: [uri, module] }),
    };
  };
  const now = start("call-log", "@call-log/store");
  return before === undefined ? [now] : [now, start("call-log before", storeOf(before))];
}

// The embedded one goes with its folder.
async function dropDatabase({ isOwn }: BenchMongo, { uri }: Writer): Promise<void> {
  if (isOwn) return;
  await using client = new MongoClient(uri);
  await client.db().dropDatabase();
}

/** Processor time of a call in milliseconds. */
interface Cost {
  own: number;
  database: number;
}

async function measureWriter(
  { process }: Writer,
  { mongo, calls }: { mongo: BenchMongo; calls: number },
): Promise<Record<Act, Cost>> {
  const cpu = () => Promise.all([process.cpuSeconds(), mongo.cpuSeconds()]);
  const costOf = async (act: Act): Promise<Cost> => {
    const [ownBefore, databaseBefore] = await cpu();
    await process.ask({ act, calls }, z.literal("written"));
    const [own, database] = await cpu();
    const perCall = (seconds: number) => (seconds * 1000) / calls;
    return { own: perCall(own - ownBefore), database: perCall(database - databaseBefore) };
  };
  const insert = await costOf("insert");
  return { insert, end: await costOf("end") };
}

function costTable(
  act: Act,
  writers: readonly Writer[],
  measured: readonly (readonly Record<Act, Cost>[])[],
): Table {
  const all = ({ own, database }: Cost) => own + database;
  const rows = writers.map(({ name }, index) => {
    const costs = measured.map((round) => round[index]![act]);
    // Of the one writer alone there is nothing to divide by.
    const ratios = measured.map((round) =>
      round.length > 1 ? all(round[index]![act]) / all(round.at(-1)![act]) : Number.NaN,
    );
    const middle = (part: (cost: Cost) => number) => median(costs.map(part));
    return [
      name,
      middle(({ own }) => own),
      middle(({ database }) => database),
      middle(all),
      median(ratios),
    ];
  });
  return { title: TITLES[act], columns: COLUMNS, rows };
}

const COLUMNS = ["ms CPU a call", "own", "database", "both", "both ÷ before"];
