import { percentile } from "../statistics.ts";
import type { Table } from "../table.ts";
import type { Everyday } from "./everyday.ts";

/** The times of each request in milliseconds, by its name. */
export type Latencies = ReadonlyMap<string, readonly number[]>;

/** Send the requests one after the other, again and again, until something has happened, which is asked after each round. */
export async function measureUntil(
  everyday: Everyday,
  hasHappened: () => Promise<boolean> | boolean,
): Promise<Latencies> {
  const names = Object.keys(everyday);
  const latencies = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let turn = 0; !(await hasHappened()); turn += 1) {
    for (const [name, request] of Object.entries(everyday)) {
      const sentAt = performance.now();
      await request(turn);
      latencies.get(name)!.push(performance.now() - sentAt);
    }
  }
  return latencies;
}

/** What was measured of one log: before anything is deleted, meanwhile, and after. */
export interface Phases {
  before: Latencies;
  during: Latencies;
  after: Latencies;
}

const PHASES = ["before", "meanwhile", "after", "÷ before", "÷ after"];
const COLUMNS = [...PHASES.map((one) => `p50: ${one}`), ...PHASES.map((one) => `p99: ${one}`)];

/** The phases beside each other, a row for each request. */
export function phasesTable(title: string, { before, during, after }: Phases): Table {
  const rows = [...before.keys()].map((name) => {
    const [first, meanwhile, last] = [before, during, after].map((one) => one.get(name) ?? []);
    const of = (share: number) => {
      const times = [first!, meanwhile!, last!].map((one) => percentile(one, share));
      return [...times, times[1]! / times[0]!, times[1]! / times[2]!];
    };
    return [name, ...of(0.5), ...of(0.99), Math.max(...meanwhile!)];
  });
  return { title, columns: ["milliseconds", ...COLUMNS, "longest meanwhile"], rows };
}
