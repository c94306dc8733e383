import {
  attemptIdOf,
  type Attempt,
  type AttemptEvent,
  type CallPlan,
  type CallRecord,
  type CallStatus,
  type EventStatus,
  retryPolicy,
} from "@call-log/model";
import { v5, v7 } from "uuid";

import { seededRandom } from "./random.ts";

/** The project that all call logs of a corpus belong to. */
export const CORPUS_PROJECT_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** The newest call log of a corpus is as old as this, whenever it is written. */
export const CORPUS_END = Date.UTC(2026, 10, 24);

const DAY_MS = 86_400_000;
const DAYS = 100;
const FROM_NUMBER = "+15551112222";

/** Final statuses, and how many of a thousand calls end so. */
const ENDS = [
  ["Completed", 700],
  ["No Answer", 130],
  ["Busy", 80],
  ["Not Reached", 50],
  ["Failed", 40],
] as const satisfies readonly (readonly [CallStatus, number])[];

type End = (typeof ENDS)[number][0];

/** The final statuses of a corpus. */
export const CORPUS_STATUSES = ENDS.map(([status]) => status);

/** A call log of a corpus by its place in time: spread over 100 days, the newest thousandth still open. The same each time. */
export function corpusCall(
  index: number,
  size: number,
  isOpen = index >= size - Math.ceil(size / 1000),
): CallRecord {
  const random = seededRandom(index * 7919 + size);
  const step = (DAYS * DAY_MS) / size;
  const createdAt = new Date(Math.floor(CORPUS_END - (size - index) * step + random() * step));
  return callRecord({ _id: idAt(createdAt, random), createdAt, random, isOpen });
}

function idAt(createdAt: Date, random: () => number): string {
  const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));
  return v7({ msecs: createdAt.getTime(), random: bytes });
}

interface Origin {
  _id: string;
  createdAt: Date;
  random: () => number;
  isOpen: boolean;
}

function callRecord({ _id, createdAt, random, isOpen }: Origin): CallRecord {
  const end = endOf(random() * 1000);
  const incident = Math.floor(random() * 2000);
  const user = Math.floor(random() * 50);
  const say = `Incident ${incident}: the database of shop.example is down. Press 4 to acknowledge.`;
  const steps = [{ say }];
  const toNumber = `+1555${String(Math.floor(random() * 5000)).padStart(7, "0")}`;
  return {
    _id,
    createdAt,
    updatedAt: later(createdAt, 70),
    projectId: CORPUS_PROJECT_ID,
    toNumber,
    fromNumber: FROM_NUMBER,
    callData: { message: say, steps },
    ...related("incident", incident, { title: `Database ${incident} down` }),
    ...related("user", user, { name: `Ann ${user}` }),
    tags: [random() < 0.4 ? "night" : "day", `team-${user % 8}`],
    requestDigest: "5f".repeat(32),
    plan: { ...PLAN, steps },
    ...(isOpen ? open(_id, createdAt) : ended({ _id, createdAt, random, end })),
  };
}

const PLAN: Omit<CallPlan, "steps"> = {
  retry: retryPolicy.parse({ maxAttempts: 2 }),
  reachedWhen: "answered",
  onUnknown: "hold",
  sensitive: false,
};

function endOf(share: number): End {
  let sum = 0;
  const found = ENDS.find(([, perThousand]) => (sum += perThousand) > share);
  return found?.[0] ?? "Failed";
}

function related(name: "incident" | "user", number: number, columns: object): Partial<CallRecord> {
  const _id = v5(`${name} ${number}`, CORPUS_PROJECT_ID);
  return { [name]: { _id, ...columns }, [`${name}Id`]: _id };
}

type Course = Pick<
  CallRecord,
  "status" | "callCostInUSDCents" | "attempts" | "attemptCount" | "revision"
> &
  Partial<CallRecord>;

function open(_id: string, createdAt: Date): Course {
  const planned = { _id: attemptIdOf(_id, 1), number: 1, dueAt: createdAt, events: [] };
  return {
    status: "Queued",
    callCostInUSDCents: 0,
    attempts: [{ ...planned, state: "planned" }],
    attemptCount: 0,
    revision: 0,
    wakeAt: later(createdAt, 60),
  };
}

/** What an attempt that ended so went through after it was accepted, with the seconds since its beginning. */
const COURSES: Readonly<Record<End, readonly (readonly [EventStatus, number])[]>> = {
  Completed: [
    ["initiated", 0.5],
    ["ringing", 1.5],
    ["in-progress", 9],
    ["digits", 21],
    ["completed", 31],
    ["price", 60],
  ],
  "Not Reached": [
    ["initiated", 0.5],
    ["ringing", 1.5],
    ["in-progress", 9],
    ["answered-by", 12],
    ["completed", 40],
    ["price", 60],
  ],
  "No Answer": [
    ["initiated", 0.5],
    ["ringing", 1.5],
    ["no-answer", 60],
    ["price", 60],
  ],
  Busy: [
    ["initiated", 0.5],
    ["busy", 3],
    ["price", 60],
  ],
  Failed: [["rejected", 0.1]],
};

const OUTCOMES: Readonly<Record<End, Attempt["outcome"]>> = {
  Completed: "reached",
  "Not Reached": "voicemail",
  "No Answer": "no-answer",
  Busy: "busy",
  Failed: "bad-number",
};

interface Ending extends Omit<Origin, "isOpen"> {
  end: End;
}

function ended({ _id, createdAt, random, end }: Ending): Course {
  const tries = end === "Busy" || end === "No Answer" ? 2 : 1;
  const microUSD = end === "Completed" || end === "Not Reached" ? 14_000 : 0;
  const attempts = Array.from({ length: tries }, (_, index) =>
    endedAttempt({ _id, createdAt: later(createdAt, index * 120), random, end }, index + 1),
  );
  return {
    status: end,
    statusMessage: `The call ended: ${end}.`,
    callCostInUSDCents: (microUSD * tries) / 10_000,
    attempts: attempts.map((attempt) => ({ ...attempt, costInMicroUSD: microUSD })),
    attemptCount: tries,
    provider: "twilio",
    pricing: "final",
    revision: 9 * tries,
    ...(end === "Completed" && { answeredBy: "human", acknowledgedAt: later(createdAt, 21) }),
  };
}

function endedAttempt({ _id, createdAt, random, end }: Ending, number: number): Attempt {
  const course = COURSES[end];
  const answered = course.find(([status]) => status === "in-progress");
  const hex = () => Math.floor(random() * 16).toString(16);
  return {
    _id: attemptIdOf(_id, number),
    number,
    state: end === "Failed" ? "rejected" : "ended",
    dueAt: createdAt,
    provider: "twilio",
    providerCallId: `CA${Array.from({ length: 32 }, hex).join("")}`,
    fromNumber: FROM_NUMBER,
    workerId: "worker-1-f6b2568b",
    requestDigest: "a7".repeat(32),
    claimedAt: createdAt,
    submittedAt: later(createdAt, 0.1),
    endedAt: later(createdAt, 31),
    outcome: OUTCOMES[end],
    ...(answered && { answeredAt: later(createdAt, answered[1]), answeredBy: "human" }),
    ...(end === "Completed" && { digits: "4", acknowledgedAt: later(createdAt, 21) }),
    durationSeconds: answered === undefined ? 0 : 22,
    price: { amount: "-0.01400", currency: "USD", pricing: "final" },
    pricePolls: 1,
    events: [
      event(createdAt, "submitting", "worker"),
      event(createdAt, "accepted", "api"),
      ...course.map(([status, seconds], sequence) => ({
        ...event(later(createdAt, seconds), status, "callback"),
        sequence,
      })),
    ],
  };
}

function event(at: Date, status: EventStatus, source: AttemptEvent["source"]): AttemptEvent {
  return { at, source, status, late: false };
}

function later(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
