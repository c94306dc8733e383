import type { CallbackFacts, HealthFacts, ProjectCalls } from "./health-facts.ts";

/** `critical`: calls are not placed, or nobody knows whether they were. `warning`: that will follow, or less is wrong. */
export const PROBLEM_SEVERITIES = ["critical", "warning"] as const;

/** How bad a problem is. */
export type ProblemSeverity = (typeof PROBLEM_SEVERITIES)[number];

/** One thing that a rule has found wrong. */
export interface Finding {
  /** Absent: it is the installation's. */
  projectId?: string | undefined;
  /** What it is about, where a rule may find several: a provider account, a queue, a limit. */
  subject?: string | undefined;
  /** What is wrong, in a sentence; without numbers of phones and spoken texts. */
  text: string;
}

/** One kind of problem. */
export interface ProblemRule {
  severity: ProblemSeverity;
  title: string;
  /** What to do about it. */
  remedy: string;
  /** For so many seconds it has to be there before the problem begins. */
  afterSeconds: number;
  /** For so many seconds it has to be gone before the problem ends, so that it does not begin again and again. */
  clearSeconds: number;
  /** No call goes out while it lasts, so none is placed because of it. */
  stopsCalls?: true;
  /** What is wrong; undefined when the facts do not say. */
  find: (facts: HealthFacts) => readonly Finding[] | undefined;
  /** Whether it looked at everything; else what it did not find may still be wrong. */
  isWhole?: (facts: HealthFacts) => boolean;
}

/** Later than this is late for a callback, in seconds. */
const LATE_SECONDS = 30;
/** Fewer callbacks than this say nothing. */
const LEAST_CALLBACKS = 5;
/** Fewer calls without a callback say nothing: a callback may be on its way. */
const LEAST_SILENT = 3;
/** Part of a budget from which on it is nearly spent. */
const NEARLY = 0.8;
/** A queue whose jobs wait for longer than this, in seconds, grows faster than the workers empty it. */
const QUEUE_SECONDS = 60;

const CAP_WORDS = { day: "of this day (UTC)", month: "of this month (UTC)", prepaid: "prepaid" };

/** Every kind of problem that call-log notices by itself, the worst first. */
export const PROBLEM_RULES = {
  "no-worker": {
    severity: "critical",
    title: "No worker takes jobs",
    remedy:
      "Start a worker, resume a drained one (call-log worker resume --all), or start Redis. Accepted calls wait in the database until then.",
    afterSeconds: 60,
    clearSeconds: 30,
    stopsCalls: true,
    find: findNoWorker,
  },
  "call-stuck": {
    severity: "critical",
    title: "Calls are stuck",
    remedy:
      "Look at the call (call-log show ID) and at the log of the workers. If no worker is alive, start one.",
    afterSeconds: 30,
    clearSeconds: 60,
    find: ({ stuck }) =>
      stuck.projects.map((found) => ofCalls(found, "overdue by more than a minute")),
    isWhole: ({ stuck }) => stuck.isWhole,
  },
  "unknown-held": {
    severity: "critical",
    title: "Calls are held as Unknown",
    remedy:
      "Find out from the callee or the provider whether the call took place, then decide: call-log resolve ID.",
    afterSeconds: 0,
    clearSeconds: 0,
    find: ({ unknown }) =>
      unknown.projects.map((found) => ofCalls(found, "held: they may or may not have been placed")),
    isWhole: ({ unknown }) => unknown.isWhole,
  },
  "callbacks-late": {
    severity: "warning",
    title: "Callbacks are late or do not come",
    remedy:
      "Check that the provider reaches PUBLIC_URL/hooks/ through DNS, firewall, proxy and certificate (call-log doctor), and that workers keep up with the queue call-events.",
    afterSeconds: 60,
    clearSeconds: 300,
    find: findCallbacks,
  },
  "budget-nearly-spent": {
    severity: "warning",
    title: "A budget is nearly spent",
    remedy:
      "Raise the budget in the settings of the project, or find out what spends it (Costs in the dashboard). Beyond it, calls end as Low Balance.",
    afterSeconds: 0,
    clearSeconds: 600,
    find: findNearlySpent,
  },
  "provider-paused": {
    severity: "warning",
    title: "A provider is paused",
    remedy:
      "When its cause is gone, resume it: call-log provider resume NAME. Calls go to the next provider of the project, or wait.",
    afterSeconds: 0,
    clearSeconds: 0,
    find: ({ pausedProviders }) =>
      pausedProviders.map(({ name, by }) => ({
        subject: name,
        text: `The provider ${name} is paused by ${by === "person" ? "a person" : "call-log, after a failed check"}.`,
      })),
  },
  "queue-requests-failed": {
    severity: "warning",
    title: "Queue requests were refused",
    remedy:
      "Read why (call-log dead-letter list), mend the producer, and replay or drop each: call-log dead-letter replay ID.",
    afterSeconds: 0,
    clearSeconds: 0,
    find: ({ refused }) =>
      refused.projects.map(({ projectId, requests }) => ({
        projectId: projectId ?? undefined,
        text: `${counted(requests, "call request")} from the queue ${requests === 1 ? "was" : "were"} refused, and nobody has settled ${requests === 1 ? "it" : "them"}.`,
      })),
    isWhole: ({ refused }) => refused.isWhole,
  },
  "queue-growing": {
    severity: "warning",
    title: "A queue grows",
    remedy:
      "Start more workers, or let them do more at a time (DISPATCH_CONCURRENCY, EVENT_CONCURRENCY, REQUEST_CONCURRENCY).",
    afterSeconds: 60,
    clearSeconds: 60,
    find: findGrowingQueues,
  },
} as const satisfies Record<string, ProblemRule>;

/** Name of a rule. */
export type ProblemRuleName = keyof typeof PROBLEM_RULES;

/** Names of all rules. */
export const PROBLEM_RULE_NAMES = Object.keys(PROBLEM_RULES) as [
  ProblemRuleName,
  ...ProblemRuleName[],
];

/** The page that explains a rule, from the folder of the documentation on. */
export function problemDocs(rule: ProblemRuleName): string {
  return `reference/problems.md#${rule}`;
}

function findNoWorker({ isRedisUp, workers }: HealthFacts): Finding[] | undefined {
  if (!isRedisUp) return [{ text: "Redis is away, so no worker can take a job." }];
  if (workers === undefined) return undefined;
  if (workers.taking > 0) return [];
  const { draining } = workers;
  if (draining === 0) return [{ text: "No worker is alive." }];
  return [{ text: `${counted(draining, "worker")} alive, but drained.` }];
}

function findCallbacks({ callbacks }: HealthFacts): Finding[] | undefined {
  if (callbacks === undefined) return undefined;
  return [...findLateCallbacks(callbacks), ...findNoCallbacks(callbacks)];
}

function findNoCallbacks({ silent }: CallbackFacts): Finding[] {
  return silent
    .filter(({ attempts }) => attempts >= LEAST_SILENT)
    .map(({ provider, attempts }) => ({
      subject: provider,
      text: `None of the callbacks of the last ${counted(attempts, "call")} through ${provider} has come; these calls are followed by polling.`,
    }));
}

function findLateCallbacks({ recorded, mostWithinSeconds: most }: CallbackFacts): Finding[] {
  if (recorded < LEAST_CALLBACKS || (most !== null && most <= LATE_SECONDS)) return [];
  const late = most === null ? "more than 300" : `up to ${most}`;
  const text = `Of ${counted(recorded, "callback")} in five minutes, 1 in 20 was recorded ${late} seconds after what it reports.`;
  return [{ text }];
}

function findNearlySpent({ budgets }: HealthFacts): Finding[] {
  return budgets
    .filter(({ share }) => share >= NEARLY)
    .map(({ projectId, cap, capUSD, committedUSD }) => ({
      projectId,
      subject: cap,
      text: `Of the budget ${CAP_WORDS[cap]}, ${committedUSD} of ${capUSD} US dollars are spent or set aside.`,
    }));
}

// Without a worker every queue grows; that problem has its own name.
function findGrowingQueues({ queues, workers }: HealthFacts): Finding[] | undefined {
  if (queues === undefined || workers === undefined || workers.taking === 0) return undefined;
  return queues
    .filter(({ oldestSeconds }) => (oldestSeconds ?? 0) > QUEUE_SECONDS)
    .map(({ name, waiting }) => ({
      subject: name,
      text: `Jobs of ${name} wait for more than a minute; ${counted(waiting, "job")} in the queue.`,
    }));
}

function ofCalls({ projectId, calls, oldestId }: ProjectCalls, what: string): Finding {
  const verb = calls === 1 ? "is" : "are";
  return {
    projectId,
    text: `${counted(calls, "call")} ${verb} ${what}; the oldest is ${oldestId}.`,
  };
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
