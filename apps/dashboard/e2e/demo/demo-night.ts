import type { CallOutcome, CallRecord } from "@call-log/model";

import { type DemoCall, demoCall, demoOpenCall, type DemoPerson } from "./demo-call.ts";
import { NIGHT } from "./night-clock.ts";

const id = (kind: number, number: number) =>
  `${String(kind).repeat(8)}-28fe-11f1-b591-3fdcef39${number.toString(16).padStart(4, "0")}`;

/** The team on call; every number is of those that are reserved for fiction. */
export const TEAM = {
  anna: { _id: id(1, 1), name: "Anna Brandt", number: "+493023125014" },
  jonas: { _id: id(1, 2), name: "Jonas Weber", number: "+493023125187" },
  priya: { _id: id(1, 3), name: "Priya Raman", number: "+442079460143" },
  diego: { _id: id(1, 4), name: "Diego Fuentes", number: "+12025550171" },
  marta: { _id: id(1, 5), name: "Marta Nowak", number: "+12025550126" },
} as const satisfies Record<string, DemoPerson>;

const incident = (number: number, title: string) => ({ _id: id(2, number), title, number });
/** The incident of this night. */
export const DATABASE = incident(1042, "Primary database is down");
const CHECKOUT = incident(1041, "Checkout is slow in Europe");
const OLDER = [
  incident(1040, "Disk of logs-3 is 95 % full"),
  incident(1039, "Certificate of shop.example expires in 2 days"),
  incident(1038, "Payment webhooks arrive late"),
  incident(1037, "Search answers with errors"),
];

const DOWN = "This is on-call of shop.example. The primary database is down.";
const SLOW = "This is on-call of shop.example. The checkout is slow in Europe.";
/** In Berlin. */
const tonight = (time: string) => new Date(`2026-11-24T${time}+01:00`);

const THIS_NIGHT: readonly Omit<DemoCall, "serial">[] = [
  {
    at: tonight("03:12:04"),
    person: TEAM.jonas,
    incident: DATABASE,
    says: DOWN,
    outcomes: ["no-answer", "voicemail"],
    tags: ["night", "sev-1"],
  },
  {
    at: tonight("03:18:10"),
    person: TEAM.anna,
    incident: DATABASE,
    says: DOWN,
    outcomes: ["busy", "reached"],
    tags: ["night", "sev-1"],
  },
  {
    at: tonight("03:23:31"),
    person: TEAM.priya,
    incident: DATABASE,
    says: DOWN,
    outcomes: ["reached"],
    tags: ["night", "sev-1"],
  },
  {
    at: tonight("03:24:02"),
    person: TEAM.marta,
    incident: DATABASE,
    says: DOWN,
    outcomes: ["bad-number"],
    tags: ["night", "sev-1"],
  },
  {
    at: tonight("01:40:22"),
    person: TEAM.diego,
    incident: CHECKOUT,
    says: SLOW,
    outcomes: ["reached"],
    tags: ["night", "sev-2"],
  },
  {
    at: tonight("01:34:05"),
    person: TEAM.priya,
    incident: CHECKOUT,
    says: SLOW,
    outcomes: ["no-answer", "declined"],
    tags: ["night", "sev-2"],
  },
];

const TIMES: readonly (readonly CallOutcome[])[] = [
  ["reached"],
  ["reached"],
  ["no-answer", "reached"],
  ["reached"],
  ["voicemail", "no-answer"],
  ["reached"],
  ["busy", "reached"],
  ["not-acknowledged"],
];
const DAY_MS = 86_400_000;
const DAYS = 56;

/** The calls of eight weeks, the latest of them in the night of the pictures. */
export function demoCalls(): CallRecord[] {
  const people = Object.values(TEAM);
  const older = Array.from({ length: DAYS }, (_, day) => day + 1).flatMap((day) =>
    Array.from({ length: (day * 5) % 7 }, (_, nth) => {
      const seed = day * 11 + nth * 7;
      const about = OLDER[seed % OLDER.length]!;
      const hour = (20 + nth * 2 + (day % 3)) % 24;
      return {
        at: new Date(midnight() - day * DAY_MS + hour * 3_600_000 + ((seed * 613) % 3600) * 1000),
        person: people[seed % people.length]!,
        incident: about,
        says: `This is on-call of shop.example. ${about.title}.`,
        outcomes: TIMES[seed % TIMES.length]!,
        tags: [hour < 7 || hour > 21 ? "night" : "day", "sev-2"],
      };
    }),
  );
  const over = [...THIS_NIGHT, ...older].map((call, serial) => demoCall({ ...call, serial }));
  return [...over, ...openCalls()];
}

/** One waits for the morning, and of one nobody knows whether it was placed. */
function openCalls(): CallRecord[] {
  const morning = tonight("07:00:00");
  const at = tonight("03:21:40");
  const about = { person: TEAM.jonas, incident: DATABASE, says: DOWN, tags: ["night", "sev-1"] };
  const waits = demoOpenCall({
    ...about,
    serial: 9001,
    at: tonight("03:25:12"),
    status: "Scheduled",
    attempt: { state: "planned", dueAt: morning },
  });
  const unknown = demoOpenCall({
    ...about,
    serial: 9002,
    at,
    person: TEAM.diego,
    status: "Unknown",
    statusMessage: "The provider shows no such call; held until a person decides",
    attempt: {
      state: "unknown",
      lostAnswer: "The provider did not answer within 10 seconds",
      events: [
        { at, source: "worker", status: "submitting", late: false },
        { at: new Date(at.getTime() + 10_000), source: "worker", status: "unknown", late: false },
      ],
    },
  });
  // After two minutes without a trace of it, it is held.
  const held = { ...unknown, updatedAt: new Date(at.getTime() + 130_000) };
  return [{ ...waits, scheduledAt: morning, waitsFor: "scheduled", waitsUntil: morning }, held];
}

function midnight(): number {
  return Math.floor(NIGHT.getTime() / DAY_MS) * DAY_MS;
}
