import { type BenchMongo, openMongo, startEmbedded } from "../bench-mongo.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import { cellText, type Table } from "../table.ts";
import { until } from "../until.ts";
import { everydayOf } from "./everyday.ts";
import { type ExpiringLog, LIVING, openExpiringLog } from "./expiring-log.ts";
import { measureUntil, type Phases, phasesTable } from "./phases.ts";

/** More than this is not for memory: the embedded server takes some 14 kB each. */
const MOST_EMBEDDED = 100_000;
/** Servers begin to delete once a minute. */
const LONGEST_WAIT_MS = 180_000;

/** What everyday requests of one project take while the database deletes the expired call logs of another. */
export const retentionSuite: Suite = {
  name: "retention",
  title: "Retention: while expired call logs are deleted",
  async run(settings) {
    const sizes = settings.sizes ?? [settings.quick ? 5000 : 100_000];
    const others = settings.mongodbUri === undefined ? [] : [await openMongo(settings)];
    const embedded = await startEmbedded();
    try {
      const blocks: (string | Table)[] = [
        `A living project of ${count(LIVING)} call logs; all requests are its own, sent one after the other by the store, without HTTP. Before and after: ${secondsOf(settings)} s each.`,
      ];
      for (const mongo of [...others, embedded]) {
        const fitting = sizes.filter((size) => mongo !== embedded || size <= MOST_EMBEDDED);
        for (const size of fitting) blocks.push(await measureOn(mongo, size, settings));
      }
      return blocks;
    } finally {
      await Promise.all([embedded, ...others].map((one) => one.close()));
    }
  },
};

function secondsOf({ quick }: BenchSettings): number {
  return quick ? 3 : 20;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

async function measureOn(mongo: BenchMongo, size: number, settings: BenchSettings): Promise<Table> {
  settings.say(`${mongo.name}: ${size} expired call logs are written`);
  const log = await openExpiringLog(mongo, size);
  settings.say("measuring");
  try {
    const { seconds, ...phases } = await measure(log, settings);
    const rounds = Math.max(...[...phases.during.values()].map((times) => times.length));
    const title = `${mongo.name}: ${count(size)} call logs, deleted in ${cellText(seconds)} s; each request ${count(rounds)} times meanwhile`;
    return phasesTable(title, phases);
  } finally {
    settings.say("measured");
    await log.close();
  }
}

async function measure(
  log: ExpiringLog,
  settings: BenchSettings,
): Promise<Phases & { seconds: number }> {
  const everyday = everydayOf(log.store);
  const forSeconds = (seconds: number) => {
    const endsAt = performance.now() + seconds * 1000;
    return measureUntil(everyday, () => performance.now() > endsAt);
  };
  // Until code is compiled and connections are there.
  await forSeconds(3);
  const before = await forSeconds(secondsOf(settings));
  await log.beginToExpire();
  settings.say("deleting");
  await until(() => assertTrue(log.isFirstGone()), LONGEST_WAIT_MS);
  const startedAt = performance.now();
  const during = await measureUntil(everyday, () => log.isLastGone());
  const seconds = (performance.now() - startedAt) / 1000;
  const left = await log.left();
  if (left > 0)
    throw new Error(`the last of the expired call logs is deleted, but ${left} are not`);
  const after = await forSeconds(secondsOf(settings));
  return { before, during, after, seconds };
}

async function assertTrue(answer: Promise<boolean>): Promise<void> {
  if (!(await answer)) throw new Error("nothing is deleted yet");
}
