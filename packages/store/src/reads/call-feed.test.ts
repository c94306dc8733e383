import type { CallRecord } from "@call-log/model";
import { callRecord, waitFor, onEachDatabase, type FreshDatabase } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, describe } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { ensureIndexes } from "../indexes.ts";
import { type CallFeed, createCallFeed, type FeedBatch } from "./call-feed.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";
const EVERY_MS = 10;

/** Suite of the feed of changed calls. */
function callFeedSuite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  let finds = 0;
  const calls = () => client.db(database.databaseName).collection<CallDocument>("callLogs");

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri, { monitorCommands: true });
    client.on("commandStarted", ({ commandName }) => {
      if (commandName === "find") finds += 1;
    });
    await ensureIndexes(client.db(database.databaseName));
  });
  beforeEach(async () => {
    await calls().deleteMany({});
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  const feedOf = (now = () => new Date()): CallFeed => {
    const feed = createCallFeed(calls(), { now, everyMs: EVERY_MS });
    onTestFinished(() => feed.close());
    return feed;
  };
  const keep = async (...overrides: Partial<CallRecord>[]) => {
    const records = overrides.map(({ plan: _plan, ...one }) =>
      callRecord({ updatedAt: new Date(), ...one }),
    );
    if (records.length > 0) await calls().insertMany(records);
    return records;
  };
  const change = (_id: string) =>
    calls().updateOne({ _id }, { $set: { updatedAt: new Date() }, $inc: { revision: 1 } });

  /** Listen, and collect the batches that have something in them. */
  function listen(feed: CallFeed, since?: Date | null) {
    const heard: FeedBatch[] = [];
    const going = new AbortController();
    const request = { projectId: PROJECT, since, signal: going.signal };
    let looks = 0;
    const done = (async () => {
      for await (const batch of feed.listen(request)) {
        looks += 1;
        if (batch.ids.length > 0) heard.push(batch);
      }
    })();
    return {
      heard,
      done,
      ids: () => heard.flatMap(({ ids }) => ids),
      isLooking: () => waitFor(() => looks > 0, { describe: "the first look" }),
      leave: () => going.abort(),
    };
  }

  test("new calls and changed ones are told, each change once, of the project alone", async () => {
    const long = new Date(Date.now() - 3_600_000);
    const [old] = await keep({ updatedAt: long });
    const one = listen(feedOf());
    await one.isLooking();
    const [fresh] = await keep({}, { projectId: OTHER });
    await waitFor(() => one.ids().includes(fresh!._id));
    await change(old!._id);
    await waitFor(() => one.ids().includes(old!._id));
    await change(fresh!._id);
    await waitFor(() => one.ids().length === 3);
    expect(one.ids()).toEqual([fresh!._id, old!._id, fresh!._id]);
    one.leave();
    await one.done;
  });

  test("who comes back hears what it missed, from where it was", async () => {
    const feed = feedOf();
    const first = listen(feed);
    await first.isLooking();
    const [before] = await keep({});
    await waitFor(() => first.heard.length > 0);
    first.leave();
    await first.done;
    const minutesLater = new Date(Date.now() + 60_000);
    const missed = await keep(...Array.from({ length: 3 }, () => ({ updatedAt: minutesLater })));
    const again = listen(feed, first.heard.at(-1)!.at);
    await waitFor(() => again.ids().length >= 3);
    const heard = again.ids().filter((id) => id !== before!._id);
    expect(new Set(heard)).toEqual(new Set(missed.map(({ _id }) => _id)));
    again.leave();
    await again.done;
  });

  test("who reads by itself gets changes from then on, and nothing is read for it before", async () => {
    const feed = feedOf();
    const first = listen(feed);
    await first.isLooking();
    const [before] = await keep({});
    await waitFor(() => first.ids().includes(before!._id));
    const second = listen(feed, null);
    await second.isLooking();
    expect(second.heard).toEqual([]);
    await change(before!._id);
    await waitFor(() => second.heard.length > 0);
    expect(second.ids()).toEqual([before!._id]);
    for (const one of [first, second]) one.leave();
    await Promise.all([first.done, second.done]);
  });

  test("more than a batch is told in several", async () => {
    const start = new Date();
    await keep(...Array.from({ length: 1100 }, () => ({ updatedAt: start })));
    const one = listen(feedOf(), start);
    await waitFor(() => new Set(one.ids()).size === 1100);
    expect(Math.max(...one.heard.map(({ ids }) => ids.length))).toBeLessThanOrEqual(500);
    one.leave();
    await one.done;
  });

  test("a clock that is ahead hides nothing that others write", async () => {
    const one = listen(feedOf());
    await one.isLooking();
    const [ahead] = await keep({ updatedAt: new Date(Date.now() + 300_000) });
    await waitFor(() => one.ids().includes(ahead!._id));
    const [usual] = await keep({});
    await waitFor(() => one.ids().includes(usual!._id));
    expect(one.heard.at(-1)!.at.getTime()).toBeLessThanOrEqual(Date.now());
    one.leave();
    await one.done;
  });

  test("many listeners cost one look at a time, and none costs nothing", async () => {
    const feed = feedOf();
    const many = Array.from({ length: 20 }, () => listen(feed));
    await Promise.all(many.map((one) => one.isLooking()));
    const [before, began] = [finds, performance.now()];
    await waitFor(() => finds >= before + 10);
    const most = (performance.now() - began) / EVERY_MS + 2;
    expect(finds - before).toBeLessThanOrEqual(most);
    for (const one of many) one.leave();
    await Promise.all(many.map(({ done }) => done));
    const [lone, other] = [listen(feed), feedOf()];
    await lone.isLooking();
    lone.leave();
    await lone.done;
    const atRest = await quiet(() => finds);
    const witness = listen(other);
    await witness.isLooking();
    witness.leave();
    await witness.done;
    expect(finds - atRest).toBeLessThanOrEqual(3);
  });

  test("a closed feed ends all who listen, by an AbortError", async () => {
    const feed = feedOf();
    const one = listen(feed);
    await one.isLooking();
    feed.close();
    await expect(one.done).rejects.toMatchObject({ name: "AbortError" });
  });
}

/** The value, once it has stayed the same for ten looks. */
async function quiet(read: () => number): Promise<number> {
  let [last, same] = [read(), 0];
  await waitFor(() => {
    same = read() === last ? same + 1 : 0;
    last = read();
    return same >= 10;
  });
  return last;
}

onEachDatabase((server, fresh) => {
  describe(`on ${server}`, () => {
    callFeedSuite(fresh);
  });
});
