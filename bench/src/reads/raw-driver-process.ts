import { MongoClient } from "mongodb";
import { z } from "zod";

import { answerQuestions } from "../node-process.ts";
import { type Calls, driverQuery, listByDriver } from "./read-by-driver.ts";
import { type Answer, type Question, question } from "./workload.ts";

// The driver alone, with no server around it. Argument: the address of the database. It answers one question, or many for a while.
const client = new MongoClient(process.argv[2]!);
const calls: Calls = client.db().collection("callLogs");

const order = z.object({
  questions: z.array(question),
  connections: z.number(),
  milliseconds: z.number(),
});

async function answerTo(asked: Question): Promise<Answer> {
  const query = driverQuery(asked);
  switch (asked.kind) {
    case "list": {
      const { data, count } = await listByDriver(calls, query);
      return { ids: data.map(({ _id }) => _id), count };
    }
    case "item": {
      const found = await calls.findOne(query.filter, { projection: query.projection });
      return { ids: found === null ? [] : [found._id] };
    }
    case "count":
      return { ids: [], count: await calls.countDocuments(query.filter) };
  }
}

async function load({ questions, connections, milliseconds }: z.output<typeof order>) {
  const latencies: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const askInTurn = async () => {
    while (performance.now() - startedAt < milliseconds) {
      const asked = questions[next % questions.length]!;
      next += 1;
      const askedAt = performance.now();
      await answerTo(asked);
      latencies.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, askInTurn));
  return { latencies, seconds: (performance.now() - startedAt) / 1000 };
}

const asking = z.union([order, question]);

answerQuestions(async (message) => {
  const asked = asking.parse(message);
  return "questions" in asked ? load(asked) : answerTo(asked);
});
