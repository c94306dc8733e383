import type { TRPCRouterRecord } from "@trpc/server";

import { operatorDeadLettersRouter } from "./dead-letters-router.ts";
import { installationHealth } from "./installation-health.ts";
import { operatorKeysRouter } from "./operator-keys-router.ts";
import { operatorProjectsRouter } from "./operator-projects-router.ts";
import { operatorProcedure } from "./procedure.ts";
import { installationStatus } from "./service-status.ts";

/** What is for operators, about the installation: `health`, `status`, `projects`, `keys`, `deadLetters`. */
export const operatorRouter = {
  health: operatorProcedure.query(({ ctx }) => installationHealth(ctx)),
  status: operatorProcedure.query(({ ctx }) => installationStatus(ctx)),
  deadLetters: operatorDeadLettersRouter,
  keys: operatorKeysRouter,
  projects: operatorProjectsRouter,
} satisfies TRPCRouterRecord;
