import { freshDatabase } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { connectStore } from "../connect-store.ts";

/** A store with a clock that the test sets; the TTL index goes by the server's, so it is in the future. */
async function freshStore() {
  const database = await freshDatabase();
  const clock = { at: new Date("2099-01-01T00:00:00Z") };
  const store = await connectStore({ ...database, now: () => clock.at });
  onTestFinished(async () => {
    await store.close();
    await database.close();
  });
  const pass = (seconds: number) => {
    clock.at = new Date(clock.at.getTime() + seconds * 1000);
  };
  return { processes: store.processes, pass, now: () => clock.at };
}

const about = (id: string, providers: string[], startedAt: Date) => ({
  id,
  role: "worker",
  host: "node-1",
  pid: 7,
  startedAt,
  providers,
  simulated: [],
});

test("processes are alive for 45 seconds after a sign of life, or until they leave", async () => {
  const { processes, pass, now } = await freshStore();
  await processes.announce(about("a", ["twilio"], now()));
  pass(20);
  const second = about("b", ["twilio", "telnyx"], now());
  await processes.announce(second);
  expect((await processes.alive()).map(({ id }) => id)).toEqual(["a", "b"]);
  pass(30);
  expect(await processes.alive()).toEqual([second]);
  await processes.leave("b");
  expect(await processes.alive()).toEqual([]);
});

test("accounts are those of the processes that are alive, else of those that were", async () => {
  const { processes, pass, now } = await freshStore();
  expect(await processes.accounts()).toEqual([]);
  await processes.announce(about("a", ["twilio"], now()));
  pass(60);
  await processes.announce(about("b", ["telnyx", "simulated"], now()));
  expect(await processes.accounts()).toEqual(["simulated", "telnyx"]);
  await processes.leave("b");
  expect(await processes.accounts()).toEqual(["simulated", "telnyx", "twilio"]);
});
