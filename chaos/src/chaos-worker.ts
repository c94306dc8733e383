import "./skewed-clock.ts";
import { startWorkers } from "@call-log/dispatcher";
import {
  connect,
  processSettings,
  readConfig,
  runProcess,
  serverSettings,
} from "@call-log/runtime";
import { z } from "zod";

import { die, KILL_POINTS, withTrap } from "./kill-point.ts";
import { MUTANT_NAMES, MUTANTS } from "./mutants.ts";

/** A day of tries in seconds. */
const QUICK_DELIVERIES = {
  timeoutSeconds: 1,
  leaseSeconds: 3,
  retryWaits: Array.from({ length: 60 }, () => 0.5),
};

// The worker of the product, with a clock that may be wrong and a trap that kills it at a step of an attempt.
const settings = processSettings.extend({
  ...serverSettings.shape,
  CHAOS_KILL_POINT: z.enum(KILL_POINTS).optional(),
  CHAOS_KILL_NTH: z.coerce.number().default(1),
  CHAOS_MUTANT: z.enum(MUTANT_NAMES).optional(),
});

await runProcess(async () => {
  const config = readConfig(settings, process.env);
  const connections = await connect({
    role: "worker",
    mongodbUri: config.MONGODB_URI,
    redisUrl: config.REDIS_URL,
    publicUrl: config.PUBLIC_URL,
    config,
  });
  const { dispatcher } = connections;
  const { CHAOS_KILL_POINT: point, CHAOS_KILL_NTH: nth } = config;
  const quick = { ...dispatcher.context, deliveryTimes: QUICK_DELIVERIES };
  const { CHAOS_MUTANT: mutant } = config;
  const base = mutant === undefined ? quick : MUTANTS[mutant].change(quick);
  const context = point === undefined ? base : withTrap(base, { point, nth }, die);
  const workers = startWorkers({ ...dispatcher, context });
  const close = async () => {
    await workers.close();
    await connections.close();
  };
  return { welcome: "", close };
});
