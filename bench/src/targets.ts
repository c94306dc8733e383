import { GROWTH_QUERIES } from "./growth/growth-queries.ts";
import { median } from "./statistics.ts";
import { cellText, type Table } from "./table.ts";

/** Where a number stands in the report of a suite. */
interface Place {
  /** Of the last table with this title, which is that of the largest log. */
  table: string;
  row: string;
  column: string;
  /** The number is divided by that of this row. */
  over?: string;
}

/** A ratio, or a time on the loopback, that is aimed at. */
interface Target extends Place {
  suite: string;
  what: string;
  atMost?: number;
  atLeast?: number;
}

const READS = ["list by status, with its count", "list of all, with its count"] as const;
const ITEM = "get-item";
const COUNT = "count by status";
const TRANSPORTS = ["call-log, REST", "call-log, tRPC"] as const;
const CPU = "own CPU × minimal";
const REQUESTS = "requests/s × minimal";

const READ_TARGETS: readonly Target[] = [
  ...[...READS, ITEM, COUNT].flatMap((table) =>
    TRANSPORTS.map((row) => read({ table, row, column: CPU, atMost: 1.25 })),
  ),
  ...[...READS, ITEM].map((table) =>
    read({ table, row: TRANSPORTS[0], column: "own CPU ms", over: "parse-server", atMost: 0.5 }),
  ),
  ...READS.flatMap((table) =>
    TRANSPORTS.map((row) => read({ table, row, column: REQUESTS, atLeast: 1 })),
  ),
  ...TRANSPORTS.map((row) => read({ table: ITEM, row, column: REQUESTS, atLeast: 0.85 })),
  ...READS.map((table) =>
    read({ table, row: TRANSPORTS[1], column: "requests/s", over: TRANSPORTS[0], atLeast: 0.85 }),
  ),
];

function read(target: Omit<Target, "suite" | "what">): Target {
  const { table, row, column, over } = target;
  const measure = over === undefined ? column : `${column} ÷ that of ${over}`;
  return { ...target, suite: "reads", what: `${table}; ${row}: ${measure}` };
}

/** Nothing may be slower than before; a twentieth is what runs differ by. */
const MOST_SLOWER = 1.05;
const LEAST_FAST = 1 / MOST_SLOWER;

const READ_BEFORE_TARGETS: readonly Target[] = [...READS, ITEM, COUNT].flatMap((table) => {
  const besideBefore = { table, row: TRANSPORTS[0], over: "call-log before, REST" };
  return [
    read({ ...besideBefore, column: "own CPU ms", atMost: MOST_SLOWER }),
    read({ ...besideBefore, column: "requests/s", atLeast: LEAST_FAST }),
  ];
});

const WRITE_TARGETS: readonly Target[] = [
  "A call is inserted",
  "It is claimed, answered, and ended",
].map((table) => ({
  suite: "writes",
  table,
  row: "call-log",
  column: "both ÷ before",
  what: `${table}: processor time, own and of the database, ÷ before`,
  atMost: 1.15,
}));

const GROWTH = {
  table: "p50 in milliseconds, by how many call logs the project has",
  column: "last ÷ first",
};

/** Every question costs the same in a large log; to skip rows is to walk over them. */
const MOST_GROWTH = 1.5;
const MOST_GROWTH_OF: Readonly<Record<string, number>> = {
  "first page of all": 1.3,
  "page by cursor, 50,000 deep, or in the middle": 1.3,
  "page by skip, in the middle": Infinity,
  "count by status": 1.3,
};

const growthTargets = (suite: string): readonly Target[] =>
  Object.keys(GROWTH_QUERIES)
    .map((row) => ({ row, atMost: MOST_GROWTH_OF[row] ?? MOST_GROWTH }))
    .filter(({ atMost }) => atMost < Infinity)
    .map((target) => ({ ...GROWTH, ...target, suite, what: `${target.row}: largest ÷ smallest` }));

const IMPORTED_TARGETS: readonly Target[] = [1, 32].flatMap((connections) =>
  TRANSPORTS.map((row) => ({
    suite: "reads-imported",
    table: `list with its count, connections: ${connections}`,
    row,
    column: REQUESTS,
    what: `right after an import, connections: ${connections}; ${row}: ${REQUESTS}`,
    atLeast: 2,
  })),
);

const LEAST = "least dispatcher";

const THROUGHPUT = {
  table: "800 calls a round, 50 requests at a time, 5 rounds",
  row: "call-log, one api, one worker",
};
const BEFORE = { over: "call-log before, one api, one worker" };

const DISPATCH_TARGETS: readonly Target[] = [
  {
    ...THROUGHPUT,
    column: "× least",
    what: "calls/s ÷ those of the least dispatcher",
    atLeast: 1.2,
  },
  {
    ...THROUGHPUT,
    column: "all, ms CPU a call",
    over: "the same writes and requests, bare",
    what: "processor time of a call, all processes ÷ that of its bare durable writes and HTTP requests",
    atMost: 1.5,
  },
  {
    ...THROUGHPUT,
    ...BEFORE,
    column: "calls/s",
    what: "calls/s ÷ those before",
    atLeast: LEAST_FAST,
  },
  {
    ...THROUGHPUT,
    ...BEFORE,
    column: "all, ms CPU a call",
    what: "processor time of a call, all processes ÷ before",
    atMost: MOST_SLOWER,
  },
  {
    table: "1,000 requests accepted, no worker running",
    row: "one after the other",
    column: "× dispatchMany",
    what: "1,000 requests one after the other ÷ one `dispatchMany`",
    atLeast: 5,
  },
  ...[
    { column: "p50", what: "p50 in ms", atMost: 10 },
    { column: "p99", what: "p99 in ms", atMost: 40 },
    { column: "p50", what: "p50 ÷ the least dispatcher's", over: LEAST, atMost: 1.1 },
    { column: "p99", what: "p99 ÷ the least dispatcher's", over: LEAST, atMost: 1.1 },
    { column: "p50", what: "p50 ÷ before", over: "call-log before", atMost: MOST_SLOWER },
    { column: "p99", what: "p99 ÷ before", over: "call-log before", atMost: MOST_SLOWER },
  ].map(({ what, ...target }) => ({
    ...target,
    table: "From the request sent to the provider asked, one call after the other, ms",
    row: "call-log",
    what: `from the request to the provider asked, idle, ${what}`,
  })),
].map((target) => ({ ...target, suite: "dispatch" }));

const EMERGENCY_TARGETS: readonly Target[] = [
  {
    suite: "emergency",
    table: "From the request of an emergency to the provider asked, ms",
    row: "behind low calls",
    column: "p99 ÷ idle",
    what: "p99 behind the low calls ÷ idle",
    atMost: 1.5,
  },
];

const KILLED_TARGETS: readonly Target[] = [
  {
    suite: "killed",
    table: "From the claim of a call until it is settled ÷ claim deadline",
    row: "calls that were being handed over",
    column: "last",
    what: "last affected call settled ÷ claim deadline",
    atMost: 1.2,
  },
];

const MILLION = { table: "Memory in MiB, and start-up", row: "1,000,000" };
const EMBEDDED_GROWTH = {
  table: "embedded-mongo, by how many documents there are",
  column: "last ÷ first",
};

const EMBEDDED_TARGETS: readonly Target[] = [
  { ...MILLION, column: "own", what: "own memory in MiB at 1,000,000 documents", atMost: 400 },
  {
    ...MILLION,
    column: "own, loaded",
    what: "own memory in MiB, 1,000,000 documents just written",
    atMost: 400,
  },
  { ...MILLION, column: "start s", what: "start in s at 1,000,000 documents", atMost: 2 },
  ...["page of all", "page by status"].map((row) => ({
    ...EMBEDDED_GROWTH,
    row,
    what: `${row}: largest ÷ smallest`,
    atMost: 1.3,
  })),
].map((target) => ({ ...target, suite: "embedded" }));

const backlogTargets = (table: string): readonly Target[] =>
  [
    { row: "/health/live while calling, p99 ms", atMost: 250 },
    { row: "/health/live while calling, slowest ms", atMost: 1000 },
    { row: "/health/live while accepting, slowest ms", atMost: 1000 },
    ...["missing", "notDialled", "dialledTwice", "unbound", "notCompleted", "wrongCost"].map(
      (row) => ({ row, atMost: 0 }),
    ),
  ].map((target) => ({
    ...target,
    table,
    suite: "backlog",
    column: "measured",
    what: `${table}: ${target.row}`,
  }));

/** Everything that is aimed at. */
const TARGETS: readonly Target[] = [
  ...READ_TARGETS,
  ...READ_BEFORE_TARGETS,
  ...IMPORTED_TARGETS,
  ...growthTargets("growth"),
  ...growthTargets("growth-embedded"),
  ...EMBEDDED_TARGETS,
  ...WRITE_TARGETS,
  ...DISPATCH_TARGETS,
  ...EMERGENCY_TARGETS,
  ...KILLED_TARGETS,
  ...backlogTargets("10,000 calls"),
  ...backlogTargets("50,000 calls"),
];

/** What was reported: paragraphs and tables. */
export type Report = readonly (string | Table)[];

/** The targets of a suite beside what each of its runs measured; undefined where there are none. */
export function targetTable(suite: string, runs: readonly Report[]): Table | undefined {
  const rows = TARGETS.filter((target) => target.suite === suite).map((target) => {
    const measured = runs.map((run) => numberAt(run, target));
    return [target.what, limitText(target), ...measured, verdictOn(measured, target)];
  });
  if (rows.length === 0) return undefined;
  const columns = ["target", "limit", ...runs.map((_run, index) => `run ${index + 1}`), ""];
  return { title: `Targets, and what each run measured`, columns, rows };
}

function limitText({ atMost, atLeast }: Target): string {
  return atMost === undefined ? `≥ ${cellText(atLeast!)}` : `≤ ${cellText(atMost)}`;
}

/** By the median, and said when single runs differ from it. */
function verdictOn(measured: readonly number[], target: Target): string {
  if (measured.every(Number.isNaN)) return "not measured";
  const isMet = meets(median(measured), target);
  const others = measured.filter((one) => meets(one, target) !== isMet).length;
  const verdict = isMet ? "met" : "missed";
  return others === 0 ? verdict : `${verdict}, but for ${others} of ${measured.length}`;
}

function meets(measured: number, { atMost = Infinity, atLeast = -Infinity }: Target): boolean {
  return measured <= atMost && measured >= atLeast;
}

function numberAt(report: Report, { table: title, row, column, over }: Target): number {
  const tables = report.filter((block) => typeof block !== "string");
  const table = tables.findLast((one) => one.title === title);
  const at = (name: string) => {
    const cells = table?.rows.find(([first]) => first === name);
    return Number(cells?.[table?.columns.indexOf(column) ?? -1] ?? Number.NaN);
  };
  return over === undefined ? at(row) : at(row) / at(over);
}
