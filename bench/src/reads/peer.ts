import type { Load } from "../http-load.ts";
import type { Answer, Question } from "./workload.ts";

/** How hard a peer is asked. */
export interface Pressure {
  connections: number;
  milliseconds: number;
}

/** Something that answers questions about the call logs of one database, in a process of its own. */
export interface Peer {
  name: string;
  /** One question. */
  answer(question: Question): Promise<Answer>;
  /** Questions in turn, as many as it can answer. */
  load(questions: readonly Question[], pressure: Pressure): Promise<Load>;
  /** Processor time of its process so far, in seconds. */
  cpuSeconds(): Promise<number>;
  /** Memory of its process that is in RAM, in MiB. */
  residentMiB(): Promise<number>;
  close(): Promise<void>;
}
