import { randomUUID } from "node:crypto";

import { newAuditLine, type Project, type ProviderEvent } from "@call-log/model";
import type { Provider } from "@call-log/provider";
import type {
  BudgetStore,
  CalleeTurnStore,
  CallerIdStore,
  CallStore,
  PurposeLockStore,
  BacklogStore,
} from "@call-log/store";

import { createCallUpdateQueue } from "../context/call-update-queue.ts";
import { createCallbackSilence } from "../context/callback-silence.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import type { DelayedDispatch } from "../context/job-queue.ts";
import { createMetrics } from "../context/metrics.ts";
import { createWrittenCalls } from "../context/written-calls.ts";
import { createAddressGuard } from "../webhooks/address-guard.ts";
import { PROJECT_ID, someSettings, START } from "./a-call.ts";
import { createMemoryNumberRefusals } from "./memory-number-refusals.ts";
import { createMemoryProviderStates } from "./memory-provider-states.ts";
import { createScriptedProvider, type ScriptedProvider } from "./scripted-provider.ts";

/** A context over a store, with a clock to move, primary providers and queues that only remember. */
export interface TestContext extends DispatchContext {
  budgets: BudgetStore;
  clock: { time: Date; advance(seconds: number): void };
  primary: ScriptedProvider;
  spare: ScriptedProvider;
  dispatches: DelayedDispatch[];
  events: ProviderEvent[];
  /** What was logged, as one text. */
  logged(): string;
  /** While true, every queue is away. */
  queue: { isAway: boolean };
}

/** What a test context can be given. */
export interface TestContextOptions {
  calls: (now: () => Date) => CallStore;
  env?: Record<string, string>;
  chain?: string[];
  budgets?: BudgetStore;
  /** @defaultValue every number may be called as often as one likes */
  calleeTurns?: CalleeTurnStore;
  /** @defaultValue locks that are free for every call */
  purposeLocks?: PurposeLockStore;
  /** @defaultValue one that keeps nothing */
  backlog?: BacklogStore;
  /** Settings of the project, beside its numbers and chain. */
  project?: Partial<Project>;
  /** What is known of numbers to call from. @defaultValue each project owns those in its settings */
  callerIds?: CallerIdStore["of"];
  /** Numbers that it must not call. */
  blocked?: string[];
  providers?: Provider[];
  /** @defaultValue lines that nobody files */
  line?: DispatchContext["audit"]["line"];
  /** @defaultValue none is kept */
  deadLetters?: DispatchContext["deadLetters"];
}

const ownedBy: CallerIdStore["of"] = async ({ _id: owner, fromNumbers }) =>
  fromNumbers.map((number) => ({ number, owner }));

const NO_BUDGETS: BudgetStore = {
  reserve: async () => ({ ok: true }),
  settle: async () => {},
  recheck: async () => {},
  findDue: async () => [],
  nextProject: async () => undefined,
  moveOldForm: async () => false,
  spending: async () => ({ committed: { day: 0, month: 0, total: 0 }, setAside: 0 }),
};

const NO_CALLEE_TURNS: CalleeTurnStore = {
  take: async () => undefined,
  giveBack: async () => {},
};

const NO_BACKLOG: BacklogStore = {
  add: async () => {},
  next: async () => [],
  remove: async () => {},
  size: async () => 0,
};

const NO_DEAD_LETTERS: DispatchContext["deadLetters"] = {
  find: async () => undefined,
  keep: async () => {},
  settle: async () => undefined,
};

const NO_OUTBOX: DispatchContext["outbox"] = {
  wanted: async () => new Set(),
  move: () => undefined,
  moveLeft: async () => 0,
  onMoved: () => undefined,
  idle: async () => undefined,
};

const NO_WEBHOOKS: Pick<
  DispatchContext,
  "webhookEndpoints" | "webhookDeliveries" | "alertSources"
> = {
  alertSources: { backOf: async () => undefined },
  webhookEndpoints: {
    target: async () => undefined,
    noteSuccess: async () => undefined,
    noteFailure: async () => false,
    isUsed: async () => false,
  },
  webhookDeliveries: {
    nextLane: async () => undefined,
    nextDueAt: async () => undefined,
    claim: async () => [],
    noteTry: async () => ({ isOurs: false }),
    failPending: async () => 0,
  },
};

const OPEN_LOCKS: PurposeLockStore = {
  take: async (_fenced, callLogId) => ({ callLogId, at: START }),
  takeOver: async () => true,
  release: async () => {},
};

/** A context for tests. The project's chain is `first`, `second`. */
export function createTestContext(options: TestContextOptions): TestContext {
  const clock = {
    time: START,
    advance(seconds: number) {
      clock.time = new Date(clock.time.getTime() + seconds * 1000);
    },
  };
  const now = () => clock.time;
  const [primary, spare] = [
    createScriptedProvider("first", now),
    createScriptedProvider("second", now),
  ];
  const providers = [primary, spare, ...(options.providers ?? [])];
  const dispatches: DelayedDispatch[] = [];
  const events: ProviderEvent[] = [];
  const lines: string[] = [];
  const queue = { isAway: false };
  const write = (fields: object, text: string) => void lines.push(JSON.stringify(fields) + text);
  const check = () => {
    if (queue.isAway) throw new Error("the queue is away");
  };
  return {
    calls: options.calls(now),
    projects: { find: async (id) => (id === PROJECT_ID ? projectOf(options) : undefined) },
    providerStates: createMemoryProviderStates(now),
    callerIds: { of: options.callerIds ?? ownedBy },
    numberRefusals: createMemoryNumberRefusals(now),
    providers: Object.fromEntries(providers.map((provider) => [provider.name, provider])),
    jobQueue: memoryJobQueue({ check, dispatches, events }),
    doNotCall: { among: async () => new Set(options.blocked), hasList: async () => false },
    budgets: options.budgets ?? NO_BUDGETS,
    calleeTurns: options.calleeTurns ?? NO_CALLEE_TURNS,
    rollups: { build: async () => true, verify: async () => undefined },
    backgroundMigrations: { run: async () => true },
    rechecks: { open: async () => [], close: async () => {} },
    audit: { fileLeft: async () => 0, line: options.line ?? lineOf(now) },
    deadLetters: options.deadLetters ?? NO_DEAD_LETTERS,
    purposeLocks: options.purposeLocks ?? OPEN_LOCKS,
    backlog: options.backlog ?? NO_BACKLOG,
    outbox: NO_OUTBOX,
    ...NO_WEBHOOKS,
    addressGuard: createAddressGuard([]),
    limiter: { take: async () => 0, farOff: async () => [] },
    ...ownWrites(),
    settings: someSettings(options.env),
    callbackUrlsFor: () => undefined,
    callbackSilence: createCallbackSilence(now),
    workerId: "worker",
    now,
    log: { info: write, warn: write, error: write },
    metrics: createMetrics(),
    clock,
    primary,
    spare,
    dispatches,
    events,
    logged: () => lines.join("\n"),
    queue,
  };
}

function ownWrites(): Pick<DispatchContext, "updateQueue" | "writtenCalls"> {
  return { updateQueue: createCallUpdateQueue(), writtenCalls: createWrittenCalls() };
}

function memoryJobQueue(given: {
  check: () => void;
  dispatches: DelayedDispatch[];
  events: ProviderEvent[];
}): DispatchContext["jobQueue"] {
  const { check, dispatches, events } = given;
  return {
    async addDispatches(added) {
      check();
      dispatches.push(...added);
      return [];
    },
    room: async () => Infinity,
    hasRoomToWait: async () => true,
    hasBacklog: false,
    async addEvents(added) {
      check();
      events.push(...added);
    },
  };
}

function lineOf(now: () => Date): DispatchContext["audit"]["line"] {
  return (report) => ({
    ...newAuditLine(report, { id: randomUUID(), at: now() }),
    scopes: [],
    expireAt: now(),
  });
}

function projectOf({ chain, project }: TestContextOptions): Project {
  return {
    _id: PROJECT_ID,
    name: "Shop",
    fromNumbers: ["+15551112222", "+493012345678"],
    providerChain: chain ?? ["first", "second"],
    createdAt: START,
    ...project,
  };
}
