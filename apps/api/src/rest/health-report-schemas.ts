import { PROBLEM_RULE_NAMES, PROBLEM_SEVERITIES } from "@call-log/model";
import { z } from "zod";

const time = z.iso.datetime();

const problem = z
  .object({
    id: z.string().meta({ description: "Stable id of this problem" }),
    rule: z.enum(PROBLEM_RULE_NAMES),
    severity: z.enum(PROBLEM_SEVERITIES),
    title: z.string(),
    text: z.string().meta({ description: "What is wrong, in a sentence" }),
    remedy: z.string().meta({ description: "What to do about it" }),
    docs: z.string().meta({ description: "Page of the documentation" }),
    projectId: z.string().nullable().meta({ description: "Null: it is the installation's" }),
    subject: z.string().nullable().meta({ description: "What it is about, such as an account" }),
    since: time,
  })
  .meta({ id: "Problem", title: "Something that is wrong now" });

const server = z.object({ isUp: z.boolean(), ms: z.number().min(0) });

const refused = z.object({
  open: z.int().min(0),
  oldest: z.object({ _id: z.string(), createdAt: time }).nullable(),
});

const common = {
  at: time,
  problems: z.array(problem).meta({ description: "What is wrong now; empty when all is well" }),
  redis: server,
  mongodb: server,
  simulated: z.boolean().meta({ description: "A call may go to a provider that rings no phone" }),
};

/** How a project does, as `system.health` answers. */
export const projectHealth = z.object({
  ...common,
  hasWorkers: z.boolean(),
  calls: z.object({
    open: z
      .int()
      .min(0)
      .meta({ description: "All calls that are not over: waiting, ringing, answered and unknown" }),
    waiting: z.int().min(0),
    ringing: z.int().min(0),
    answered: z.int().min(0),
    unknown: z.int().min(0),
    stuck: z.int().min(0),
    stuckCalls: z.array(z.object({ _id: z.string(), status: z.string(), wakeAt: time })),
    pricesPending: z.int().min(0),
    oldestPricePending: z.object({ _id: z.string(), createdAt: time }).nullable(),
  }),
  deadLetters: refused,
  providers: z.array(
    z.object({ name: z.string(), isPaused: z.boolean(), isSimulated: z.boolean() }),
  ),
  providersDiffer: z.boolean(),
});

/** How the whole installation does, as `operator.health` answers. */
export const installationHealthReport = z.object({
  ...common,
  queues: z.array(
    z.looseObject({
      name: z.string(),
      waiting: z.int().min(0),
      oldestSeconds: z.number().nullable(),
    }),
  ),
  deadLetters: z.object({
    open: z.int().min(0),
    oldestAt: time.nullable(),
    withoutProject: refused,
  }),
  workers: z.array(
    z.looseObject({ id: z.string(), host: z.string(), pid: z.int(), draining: z.boolean() }),
  ),
  callbackLag: z.object({
    callbacks: z.int().min(0),
    halfWithinSeconds: z.number().nullable(),
    mostWithinSeconds: z.number().nullable(),
  }),
  processes: z.array(
    z.looseObject({ id: z.string(), role: z.string(), host: z.string(), pid: z.int() }),
  ),
  providerLists: z.array(
    z.object({ providers: z.array(z.string()), processes: z.array(z.string()) }),
  ),
  providers: z.array(
    z.looseObject({
      name: z.string(),
      isSimulated: z.boolean(),
      pause: z.looseObject({ by: z.string(), reason: z.string(), at: time }).nullable(),
    }),
  ),
});
