import type { BenchMongo } from "../bench-mongo.ts";
import { inRounds } from "../rounds.ts";
import { median, percentile } from "../statistics.ts";
import type { BenchSettings } from "../suite.ts";
import type { Table } from "../table.ts";
import type { Peer, Pressure } from "./peer.ts";
import type { Workload } from "./workload.ts";

/** How peers are compared. */
export interface Comparison {
  rounds: number;
  warmUpMs: number;
  pressure: Pressure;
  /** Processor time of the database so far, in seconds. */
  databaseCpu: () => Promise<number>;
}

/** How long peers are compared at so many connections. */
export function comparisonOf(
  { quick }: Pick<BenchSettings, "quick">,
  { mongo, connections }: { mongo: BenchMongo; connections: number },
): Comparison {
  const [rounds, warmUpMs, milliseconds] = quick ? [3, 400, 500] : [5, 1500, 1000];
  const pressure = { connections, milliseconds };
  return { rounds, warmUpMs, pressure, databaseCpu: () => mongo.cpuSeconds() };
}

/** What a peer did in one round, per request. */
interface Measured {
  ownMs: number;
  databaseMs: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/** Load the peers in interleaved rounds; the table has their medians, and the medians of each round's ratios to `minimal`. */
export async function compare(
  peers: readonly Peer[],
  workload: Workload,
  comparison: Comparison,
): Promise<Table> {
  const { rounds, warmUpMs, pressure } = comparison;
  for (const peer of peers)
    await peer.load(workload.questions, { ...pressure, milliseconds: warmUpMs });
  const measured = await inRounds(peers, rounds, (peer) => measure(peer, workload, comparison));
  const minimal = peers.findIndex(({ name }) => name === "minimal");
  const rows = peers.map(({ name }, index) => {
    const mid = (value: (one: Measured) => number) =>
      median(measured.map((round) => value(round[index]!)));
    const ratio = (value: (one: Measured) => number) =>
      median(measured.map((round) => value(round[index]!) / value(round[minimal]!)));
    return [
      name,
      mid(({ ownMs }) => ownMs),
      ratio(({ ownMs }) => ownMs),
      mid(({ databaseMs }) => databaseMs),
      mid(({ perSecond }) => perSecond),
      ratio(({ perSecond }) => perSecond),
      mid(({ p50 }) => p50),
      mid(({ p99 }) => p99),
    ];
  });
  return { title: workload.name, columns: COLUMNS, rows };
}

const COLUMNS = [
  "per request",
  "own CPU ms",
  "own CPU × minimal",
  "database CPU ms",
  "requests/s",
  "requests/s × minimal",
  "p50 ms",
  "p99 ms",
];

async function measure(
  peer: Peer,
  { questions }: Workload,
  { pressure, databaseCpu }: Comparison,
): Promise<Measured> {
  const cpu = () => Promise.all([peer.cpuSeconds(), databaseCpu()]);
  const [ownBefore, databaseBefore] = await cpu();
  const { latencies, seconds } = await peer.load(questions, pressure);
  const [own, database] = await cpu();
  const requests = latencies.length;
  return {
    ownMs: ((own - ownBefore) * 1000) / requests,
    databaseMs: ((database - databaseBefore) * 1000) / requests,
    perSecond: requests / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}
