import type { Document } from "mongodb";

/** The project that is asked, and another one with the same calls. */
export const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
export const OTHER_PROJECT = "0d0e6679-7425-40de-944b-e07fc1f90ae7";

export const INCIDENT = "5f8b9c0de1a24b3c8d5e6f7a";
export const OTHER_INCIDENT = "11111111-28fe-11f1-b591-3fdcef396aba";
export const USER = "22222222-28fe-11f1-b591-3fdcef396aba";

/** Id of a call by its number. */
export function idOf(number: number, project = PROJECT): string {
  const tail = `${project === PROJECT ? "a" : "b"}${String(number).padStart(11, "0")}`;
  return `376d7300-28fe-11f1-b591-${tail}`;
}

/** The time of a call: that minute of the hour. */
export function at(minute: number, milliseconds = 0): Date {
  return new Date(Date.UTC(2026, 10, 23, 3, minute, 0, milliseconds));
}

interface Attempt {
  number: number;
  state?: string;
  outcome?: string | null;
  durationSeconds?: number;
  sequences?: number[];
}

function attempts(...list: Attempt[]): Document[] {
  return list.map(({ sequences = [], ...attempt }) => ({
    _id: `x-${attempt.number}`,
    state: "ended",
    ...attempt,
    dueAt: at(attempt.number),
    events: sequences.map((sequence) => ({
      at: at(sequence),
      source: "callback",
      status: "ringing",
      sequence,
      late: sequence > 5,
    })),
  }));
}

/** Calls made by hand, each with something of its own. Their numbers count from 1. */
export const HAND_MADE: readonly Document[] = [
  {
    createdAt: at(1),
    status: "Completed",
    statusMessage: "Reached Ann",
    toNumber: "+15559998888",
    callCostInUSDCents: 150,
    incidentId: INCIDENT,
    incident: { _id: INCIDENT, title: "Database down", name: "INC-1", number: 7 },
    callData: {
      message: "Alert notification",
      incidentId: "123",
      priority: 3,
      urgent: true,
      levels: [1, 5],
      words: ["red", "Blue"],
    },
    tags: ["urgent", "night"],
    answeredBy: "human",
    acknowledgedAt: at(2),
    provider: "twilio",
    attempts: attempts({ number: 1, outcome: "human", durationSeconds: 20, sequences: [1, 9] }),
    attemptCount: 1,
    pricing: "final",
  },
  {
    createdAt: at(2),
    status: "Busy",
    statusMessage: "",
    toNumber: "+1-555-999-8888",
    callCostInUSDCents: 1.3,
    incidentId: OTHER_INCIDENT,
    callData: { message: "alert", priority: 10, levels: [0, 9], note: null, words: ["red"] },
    tags: ["urgent"],
    provider: "simulated",
    attempts: attempts(
      { number: 1, outcome: "busy", durationSeconds: 0, sequences: [4] },
      { number: 2, outcome: null, durationSeconds: 100 },
    ),
    attemptCount: 2,
    deadlineAt: at(30),
  },
  {
    createdAt: at(3),
    status: "busy",
    statusMessage: null,
    toNumber: "+442079460958",
    callCostInUSDCents: 0,
    incidentId: null,
    callData: { message: ["Alert", "x"], priority: "3", words: "red", levels: 4 },
    tags: [],
    answeredBy: null,
    attempts: [],
    attemptCount: 0,
    deadlineAt: null,
  },
  {
    createdAt: at(4),
    status: "100%_d.*\\",
    toNumber: "+33612345678",
    callCostInUSDCents: -5,
    callData: {
      message: "Straße ÉCOLE ΣΑΣ\n",
      deep: { a: { b: "x" } },
      steps: [{ say: "hi", pause: 1 }, { pause: 10 }],
      priority: null,
    },
    tags: null,
    attempts: attempts({ number: 1, state: "unknown" }),
    attemptCount: 1,
  },
  {
    createdAt: at(4),
    status: "Missed Call",
    statusMessage: " padded ",
    toNumber: "unparsable",
    callCostInUSDCents: 12,
    callData: {},
    userId: USER,
    user: { _id: USER, email: "ann@example.com" },
    attemptCount: 0,
  },
  {
    createdAt: at(6, 1),
    status: "\u{1D11E} clef",
    statusMessage: "\uFF21 wide",
    toNumber: "+15550001111",
    callCostInUSDCents: 150,
    callData: { message: "İstanbul ı K ſ", priority: 2.5, urgent: false },
    tags: ["Night", "écran"],
    scheduledAt: at(6),
    idempotencyKey: "key-1",
    attempts: attempts({ number: 1, outcome: "no-answer", sequences: [2, 3] }),
    attemptCount: 1,
  },
];

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

// A value that is undefined is left out; null is stored.
const POOLS: Record<string, readonly unknown[]> = {
  status: ["Completed", "completed", "Busy", "Queued", "", "Straße"],
  statusMessage: ["Reached Ann", "", null, undefined, "ÉCOLE", "a.b*c", "é"],
  toNumber: ["+15559998888", "+1-555-999-8888", "+442079460958"],
  callCostInUSDCents: [0, 1.3, 12, 150, -5],
  incidentId: [INCIDENT, null, OTHER_INCIDENT, undefined],
  tags: [["urgent"], [], undefined, null, ["night", "urgent"], ["Night", "a", "z"]],
  answeredBy: ["human", "machine", undefined, null],
  acknowledgedAt: [at(3), undefined, null, at(50)],
  attemptCount: [0, 1, 2],
  provider: ["twilio", undefined, "simulated", null],
  callData: [
    { message: "Alert", priority: 1, levels: [1, 5] },
    { message: ["alert", "x"], priority: "1", words: ["red", "Blue"] },
    {},
    { message: null, urgent: true, words: "red", levels: 3 },
    { message: "x", deep: { a: { b: "x" } }, words: [], levels: [2] },
  ],
  attempts: [
    [],
    undefined,
    attempts({ number: 1, outcome: "human", durationSeconds: 20, sequences: [1, 5] }),
    attempts(
      { number: 1, outcome: "busy", durationSeconds: 3, sequences: [3] },
      { number: 2, durationSeconds: 60 },
    ),
  ],
};

function mixed(number: number): Document {
  const entries = Object.entries(POOLS).map(([name, pool], index) => [
    name,
    pick(pool, number * (index + 1) + index),
  ]);
  const properties = Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as Document;
  const incidentId: unknown = properties["incidentId"];
  const incident = { _id: incidentId, title: pick(["Database down", "Disk", ""], number) };
  const snapshot = typeof incidentId === "string" && number % 2 === 0 ? { incident } : {};
  return { ...properties, ...snapshot, createdAt: at(number % 7) };
}

/** The hand-made calls and a mixture of all kinds of values. */
export const ALL_CALLS: readonly Document[] = [
  ...HAND_MADE,
  ...Array.from({ length: 34 }, (_, index) => mixed(index)),
];

/** The calls as documents of a project. */
export function documentsOf(calls: readonly Document[], project: string): Document[] {
  return calls.map((call, index) => ({
    ...call,
    _id: idOf(index + 1, project),
    projectId: project,
    updatedAt: call["createdAt"] as Date,
    fromNumber: "+15551112222",
    plan: {},
    requestDigest: "secret",
    revision: 0,
  }));
}
