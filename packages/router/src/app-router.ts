import { attemptsRouter } from "./attempts-router.ts";
import { auditRouter } from "./audit-router.ts";
import { callLogRouter } from "./call-log-router.ts";
import { callsRouter } from "./calls-router.ts";
import { deadLettersRouter } from "./dead-letters-router.ts";
import { keysRouter } from "./keys-router.ts";
import { numbersRouter } from "./numbers-router.ts";
import { operatorRouter } from "./operator-router.ts";
import { createCallerFactory, router } from "./procedure.ts";
import { projectsRouter } from "./projects-router.ts";
import { sessionsRouter } from "./sessions-router.ts";
import { systemRouter } from "./system-router.ts";

/** Every procedure of call-log. */
export const appRouter = router({
  attempts: attemptsRouter,
  audit: auditRouter,
  callLog: callLogRouter,
  calls: callsRouter,
  deadLetters: deadLettersRouter,
  keys: keysRouter,
  numbers: numbersRouter,
  operator: operatorRouter,
  projects: projectsRouter,
  sessions: sessionsRouter,
  system: systemRouter,
});

/** Type of the router; all that a client needs of the server. */
export type AppRouter = typeof appRouter;

/** Calls the procedures in process, as the REST routes do. */
export const createCaller = createCallerFactory(appRouter);
