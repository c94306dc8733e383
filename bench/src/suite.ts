import type { Table } from "./table.ts";

/** What a suite runs on and how long it may take. */
export interface BenchSettings {
  /** Everything in three minutes: small sizes, few rounds. */
  quick: boolean;
  /** Of the peers beside `minimal` only those with one of these texts in their names are measured. */
  peers: readonly string[];
  /** Of the reads only those with this text in their names are measured. */
  reads: string;
  /** How long the soak goes on. */
  minutes: number;
  /** How many call logs or documents, instead of the suite's own sizes. */
  sizes?: readonly number[];
  /** Folder of an older state of this repository, built: its product is measured beside this one. */
  before?: string;
  /** A MongoDB to measure on; without it the embedded one, in a process of its own. */
  mongodbUri?: string;
  /** A Redis to measure on; without it a `redis-server` of the run's own. */
  redisUrl?: string;
  /** Names of the processes, as the kernel has them, whose processor time counts as the database's, when it is not ours. */
  databaseProcesses: readonly string[];
  /** Tells of progress on standard error. */
  say: (text: string) => void;
}

/** Measurements that belong together and have a section of their own in RESULTS.md. */
export interface Suite {
  /** What `--only` names it by. */
  name: string;
  title: string;
  /** Runs only when `--only` names it. */
  onDemand?: true;
  /** Measure, and report in paragraphs and tables. Throws when peers do not give the same answers. */
  run(settings: BenchSettings): Promise<readonly (string | Table)[]>;
}
