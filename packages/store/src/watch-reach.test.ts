import { cuttableMongoLine, onEachDatabase, waitFor } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { describe, expect, onTestFinished, test } from "vitest";

import { watchReach } from "./watch-reach.ts";

/** A client whose way to the server can be cut, and what it has reported. */
async function watchedClient(uri: string) {
  const line = await cuttableMongoLine(uri);
  const client = new MongoClient(line.uri, { serverSelectionTimeoutMS: 300 });
  const reports: [isReachable: boolean, error: string | undefined][] = [];
  watchReach(client, (isReachable, error) => void reports.push([isReachable, error?.name]));
  onTestFinished(async () => {
    await client.close();
    await line.cut();
  });
  const ping = () => client.db("x").command({ ping: 1 });
  const answers = () =>
    ping().then(
      () => true,
      () => false,
    );
  return { line, client, reports, ping, answers };
}

onEachDatabase((server, fresh) => {
  describe(`${server}: its outage`, () => {
    test("is reported once when it is lost, and once when it is back", async () => {
      await using database = await fresh();
      const { line, client, reports, ping, answers } = await watchedClient(database.uri);
      await ping();
      expect(reports).toEqual([]);
      for (let outage = 1; outage <= 2; outage += 1) {
        await line.cut();
        for (let request = 0; request < 3; request += 1) expect(await answers()).toBe(false);
        expect(reports.slice(2 * outage - 2)).toEqual([[false, expect.stringMatching(/^Mongo/)]]);
        await line.mend();
        await waitFor(answers, { describe: "the server to answer again" });
        expect(reports.slice(2 * outage - 1)).toEqual([[true, undefined]]);
      }
      await client.close();
      expect(reports).toHaveLength(4);
    });

    test("is the callers' error, and no news, until it was reached", async () => {
      await using database = await fresh();
      const { line, client, reports, ping } = await watchedClient(database.uri);
      await line.cut();
      await expect(client.connect()).rejects.toThrow("ECONNREFUSED");
      await line.mend();
      await client.connect();
      await ping();
      expect(reports).toEqual([]);
    });
  });
});
