import type { TRPCRouterRecord } from "@trpc/server";

import { operatorDeadLettersRouter } from "../calls/dead-letters-router.ts";
import { operatorKeysRouter } from "../keys/operator-keys-router.ts";
import { operatorProcedure } from "../procedure.ts";
import { operatorProjectsRouter } from "../projects/operator-projects-router.ts";
import { operatorStopRouter } from "../stop/operator-stop-router.ts";
import { operatorWebhooksRouter } from "../webhooks/webhooks-router.ts";
import { installationHealth } from "./installation-health.ts";
import { operatorWorkersRouter } from "./operator-workers-router.ts";
import { installationStatus } from "./service-status.ts";

/** What is for operators, about the installation: `health`, `status`, `projects`, `keys`, `deadLetters`, `stop`, `webhooks`, `workers`. */
export const operatorRouter = {
  health: operatorProcedure.query(({ ctx }) => installationHealth(ctx)),
  status: operatorProcedure.query(({ ctx }) => installationStatus(ctx)),
  deadLetters: operatorDeadLettersRouter,
  keys: operatorKeysRouter,
  projects: operatorProjectsRouter,
  stop: operatorStopRouter,
  webhooks: operatorWebhooksRouter,
  workers: operatorWorkersRouter,
} satisfies TRPCRouterRecord;
