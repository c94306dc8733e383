import { join } from "node:path";

import { z } from "zod";

import type { ProviderKind } from "../provider-kind.ts";
import { createSimulatedProvider } from "./simulated-provider.ts";

const SPEED_ERROR = "must be a number above 0";

const settings = z.object({
  SPEED: z.coerce
    .number({ error: SPEED_ERROR })
    .positive({ error: SPEED_ERROR })
    .default(1)
    .meta({ description: "How much faster than real time the simulated provider's calls run" }),
  SEED: z.string().min(1).default("call-log").meta({
    description: "Decides the simulated provider's ringing times and prices",
  }),
});

/** The simulated provider as an account; a second one has a carrier of its own, so that failover can be tried. */
export const simulatedKind: ProviderKind<typeof settings> = {
  settings,
  isLocal: true,
  create: ({ name, settings: { SPEED: speed, SEED: seed }, dataDir, now }) =>
    createSimulatedProvider({
      name,
      dataDir: name === "simulated" ? dataDir : join(dataDir, name),
      speed,
      seed,
      now,
    }),
};
