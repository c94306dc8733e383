import { shownProblem } from "@call-log/model";

import { installationHealthReport, projectHealth } from "./health-report-schemas.ts";
import type { RestRoute } from "./rest-route.ts";

const at = "2026-11-26T10:00:10.000Z";
const PROJECT_ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
const STUCK = "0198f2a4-1111-7000-8000-000000000000";

const common = {
  at,
  problems: [
    shownProblem({
      id: "4f8c0f0e-6f0e-4c55-9a3e-0f6f0a3b1c11",
      rule: "call-stuck",
      projectId: PROJECT_ID,
      text: `1 call is overdue by more than a minute; the oldest is ${STUCK}.`,
      since: new Date("2026-11-26T09:59:30.000Z"),
    }),
  ],
  redis: { isUp: true, ms: 1 },
  mongodb: { isUp: true, ms: 2 },
  simulated: false,
};

const ofProject: RestRoute = {
  name: "readHealth",
  methods: ["GET"],
  path: "/health",
  operation: "read",
  summary: "Read what is wrong with the project",
  description:
    "What is wrong now for the key's project, with what to do about it, and how its calls do: the answer of `system.health`. For monitoring without a key, `GET /health/ready` says whether calls are accepted.",
  answers: {
    200: {
      description: "Problems, servers, calls and provider accounts",
      schema: projectHealth,
      example: {
        ...common,
        hasWorkers: true,
        calls: {
          open: 3,
          waiting: 2,
          ringing: 1,
          answered: 0,
          unknown: 0,
          stuck: 1,
          stuckCalls: [{ _id: STUCK, status: "Queued", wakeAt: "2026-11-26T09:58:30.000Z" }],
          pricesPending: 2,
          oldestPricePending: { _id: STUCK, createdAt: "2026-11-26T09:57:00.000Z" },
        },
        deadLetters: { open: 0, oldest: null },
        providers: [{ name: "twilio", isPaused: false, isSimulated: false }],
        providersDiffer: false,
      },
    },
  },
  refusals: [],
  call: async (caller) => ({ body: await caller.system.health(undefined) }),
};

const ofInstallation: RestRoute = {
  name: "readInstallationHealth",
  methods: ["GET"],
  path: "/installation/health",
  operation: "operate",
  summary: "Read what is wrong with the installation",
  description:
    "What is wrong now, of the installation and of every project, with its processes, queues and provider accounts: the answer of `operator.health`.",
  answers: {
    200: {
      description: "Problems, servers, queues, processes and provider accounts",
      schema: installationHealthReport,
      example: {
        ...common,
        queues: [{ name: "call-dispatch", waiting: 3, oldestSeconds: 2 }],
        deadLetters: { open: 0, oldestAt: null, withoutProject: { open: 0, oldest: null } },
        workers: [{ id: "node-1-7-0b1b3a3e", host: "node-1", pid: 7, draining: false }],
        callbackLag: { callbacks: 40, halfWithinSeconds: 0.25, mostWithinSeconds: 1 },
        processes: [{ id: "node-1-7", role: "worker", host: "node-1", pid: 7 }],
        providerLists: [{ providers: ["twilio"], processes: ["worker node-1:7"] }],
        providers: [{ name: "twilio", isSimulated: false, pause: null }],
      },
    },
  },
  refusals: [],
  call: async (caller) => ({ body: await caller.operator.health(undefined) }),
};

/** What is wrong now, with a key. Not under `/api`, since OneUptime has no such routes. */
export const HEALTH_REPORT_ROUTES: readonly RestRoute[] = [ofProject, ofInstallation];
