import { errorFields } from "@call-log/dispatcher";
import { connectStore } from "@call-log/store";
import { cuttableMongoLine, onEachDatabase, suiteLines, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { watchedLog, watchOutage } from "./watched-log.ts";

type Line = Record<string, unknown>;

/** The log of a process on a database whose way can be cut. */
async function watched({ uri, databaseName }: { uri: string; databaseName: string }) {
  const lines: Line[] = [];
  const to = {
    write(text: string) {
      suiteLines.write(text);
      lines.push(JSON.parse(text) as Line);
    },
  };
  const way = await cuttableMongoLine(uri);
  const { log, mongodb } = watchedLog({ role: "api", level: "info", to });
  const store = await connectStore({
    uri: way.uri,
    databaseName,
    serverSelectionTimeoutMs: 300,
    onReach: watchOutage(mongodb),
  });
  onTestFinished(async () => {
    await store.close();
    await way.cut();
  });
  /** A round of work, which logs what fails. */
  const round = async () => {
    try {
      await store.ping();
      return true;
    } catch (error) {
      log.error(errorFields(error), "a round of work failed");
      return false;
    }
  };
  return { lines, log, way, round };
}

onEachDatabase((server, fresh) => {
  test(`an outage of ${server} is a line at its start and one at its end, whatever fails meanwhile`, async () => {
    await using database = await fresh();
    const { lines, log, way, round } = await watched(database);
    await way.cut();
    expect(await Promise.all([round(), round(), round()])).toEqual([false, false, false]);
    log.error({ error: "TypeError" }, "another failure");
    expect(lines).toEqual([
      expect.objectContaining({
        level: 40,
        msg: "MongoDB is away",
        error: expect.stringMatching(/^Mongo/),
      }),
      expect.objectContaining({ level: 50, msg: "another failure" }),
    ]);
    await way.mend();
    await waitFor(round, { describe: "the database to answer again" });
    expect(lines.slice(2)).toEqual([
      expect.objectContaining({
        level: 30,
        msg: "MongoDB is back",
        seconds: expect.any(Number),
        leftOut: expect.any(Number),
      }),
    ]);
    expect(lines[2]!["leftOut"]).toBeGreaterThanOrEqual(3);
    log.error({ error: "MongoServerError" }, "of a database that answers");
    expect(lines).toHaveLength(4);
  });
});
