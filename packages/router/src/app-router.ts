import type {
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCRouterRecord,
} from "@trpc/server";

import { sessionsRouter } from "./access/sessions-router.ts";
import { alertSourcesRouter } from "./alerts/alert-sources-router.ts";
import { auditRouter } from "./audit/audit-router.ts";
import { bulkRouter } from "./bulk/bulk-router.ts";
import { attemptsRouter } from "./calls/attempts-router.ts";
import { callLogRouter } from "./calls/call-log-router.ts";
import { callsRouter } from "./calls/calls-router.ts";
import { deadLettersRouter } from "./calls/dead-letters-router.ts";
import { searchRouter } from "./calls/search-router.ts";
import type { ErrorShape } from "./error-shape.ts";
import { keysRouter } from "./keys/keys-router.ts";
import { createCallerFactory, router } from "./procedure.ts";
import { numbersRouter } from "./projects/numbers-router.ts";
import { projectsRouter } from "./projects/projects-router.ts";
import { viewsRouter } from "./projects/views-router.ts";
import { stopRouter } from "./stop/stop-router.ts";
import { incidentsRouter, peopleRouter } from "./stories/stories-router.ts";
import { operatorRouter } from "./system/operator-router.ts";
import { systemRouter } from "./system/system-router.ts";
import { webhooksRouter } from "./webhooks/webhooks-router.ts";

const procedures = {
  alertSources: alertSourcesRouter,
  attempts: attemptsRouter,
  audit: auditRouter,
  bulk: bulkRouter,
  callLog: callLogRouter,
  calls: callsRouter,
  deadLetters: deadLettersRouter,
  incidents: incidentsRouter,
  keys: keysRouter,
  numbers: numbersRouter,
  operator: operatorRouter,
  people: peopleRouter,
  projects: projectsRouter,
  search: searchRouter,
  sessions: sessionsRouter,
  stop: stopRouter,
  system: systemRouter,
  views: viewsRouter,
  webhooks: webhooksRouter,
} satisfies TRPCRouterRecord;

/** Every procedure of call-log. */
export const appRouter = router(procedures);

/** What a client needs of the router: inputs, outputs and errors. It names no context, so that its types bring no store and no dispatcher. */
export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  TRPCDecorateCreateRouterOptions<typeof procedures>
>;

/** Calls the procedures in process, as the REST routes do. */
export const createCaller = createCallerFactory(appRouter);
