import type { Urgency } from "../context/job-queue.ts";
import type { CallQueue, QueueSize, QueuedJob } from "./call-queue.ts";
import { createPriorityMutex } from "./priority-mutex.ts";

/** Adds jobs to a queue up to its capacity. */
export interface BoundedAdder {
  /** Returns the jobs above capacity, in their order. */
  add(jobs: readonly QueuedJob[], urgency: Urgency): Promise<QueuedJob[]>;
  /** How many more jobs from the backlog it takes now. */
  room(): Promise<number>;
  /** Whether it takes a job that is due later. */
  hasRoomToWait(): Promise<boolean>;
  /**
   * While attempts wait in the backlog, only single new calls, emergencies, and what comes back at its time are added
   * beside those.
   */
  hasBacklog: boolean;
}

/** Kind of caller: each may fill another part of the capacity. */
type Claim = "emergency" | "single" | "many";

/** Parts of the bound up to which jobs of a claim are added. An emergency is added where nothing else is. */
const SHARES: Readonly<Record<Claim, number>> = { emergency: 2, single: 1, many: 0.5 };
/** Jobs that are added together hold everything else up, also what other clients ask for. */
const JOBS_AT_A_TIME = 20;
/** How long the queue's size is cached while the queue is far from full, in milliseconds. */
const LOOK_HOLDS_MS = 1000;
/** Part of the room below which the queue is far from full. */
const FAR_FROM_FULL = 0.5;

/**
 * Keep a queue below about `most` jobs that can be taken, and as many that are due later, so that Redis stays small and fast however many calls wait. What finds
 * no room waits in the backlog. Every process counts what is in Redis, and adds in parts, so that a batch does not keep a single call waiting.
 */
export function boundedAdder(
  queue: Pick<CallQueue, "add" | "size">,
  most: number,
  elapsedMs = () => performance.now(),
): BoundedAdder {
  const turns = createPriorityMutex();
  let known: { size: QueueSize; at: number } | undefined;

  async function roomFor(claim: Claim, kind: keyof QueueSize): Promise<number> {
    const limit = Math.max(1, Math.floor(most * SHARES[claim]));
    const isRecent = known !== undefined && elapsedMs() - known.at < LOOK_HOLDS_MS;
    if (known === undefined || !isRecent || known.size[kind] >= limit * FAR_FROM_FULL)
      known = { size: await queue.size(), at: elapsedMs() };
    return Math.max(0, limit - known.size[kind]);
  }

  async function addPart(part: readonly QueuedJob[], claim: Claim): Promise<QueuedJob[]> {
    const left: QueuedJob[] = [];
    for (const kind of ["ready", "delayed"] as const) {
      const jobs = part.filter((job) => kindOf(job) === kind);
      if (jobs.length === 0) continue;
      const added = jobs.slice(0, await roomFor(claim, kind));
      if (added.length > 0) await queue.add(added);
      if (known !== undefined) known.size[kind] += added.length;
      left.push(...jobs.slice(added.length));
    }
    return left;
  }

  async function addAll(jobs: readonly QueuedJob[], claim: Claim): Promise<QueuedJob[]> {
    const left: QueuedJob[] = [];
    for (let at = 0; at < jobs.length; at += JOBS_AT_A_TIME) {
      const part = jobs.slice(at, at + JOBS_AT_A_TIME);
      left.push(...(await turns(() => addPart(part, claim), claim !== "many")));
      // Without capacity for some, there is none for those that follow.
      if (left.length > 0) return [...left, ...jobs.slice(at + JOBS_AT_A_TIME)];
    }
    return left;
  }

  const adder: BoundedAdder = {
    hasBacklog: false,
    async add(jobs, urgency) {
      const emergencies = jobs.filter(isEmergency);
      const others = jobs.filter((job) => !isEmergency(job));
      const isSingle = (urgency === "new" || urgency === "now") && jobs.length === 1;
      const isBehind = adder.hasBacklog && urgency !== "backlog" && !isSingle;
      const goesBehind = ({ comesBack }: QueuedJob) => isBehind && comesBack !== true;
      const ahead = others.filter((job) => !goesBehind(job));
      const left = [
        ...(await addAll(emergencies, "emergency")),
        ...(await addAll(ahead, isSingle ? "single" : "many")),
        ...others.filter(goesBehind),
      ];
      if (left.length > 0) adder.hasBacklog = true;
      return left;
    },
    room: () => roomFor("many", "ready"),
    hasRoomToWait: async () => (await roomFor("single", "delayed")) > 0,
  };
  return adder;
}

function kindOf({ options }: QueuedJob): keyof QueueSize {
  return (options.delay ?? 0) > 0 ? "delayed" : "ready";
}

function isEmergency({ options }: QueuedJob): boolean {
  return options.lifo === true;
}
