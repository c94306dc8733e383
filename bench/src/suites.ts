import { backlogSuite } from "./backlog/backlog.ts";
import { dispatchSuite } from "./dispatch/dispatch.ts";
import { emergencySuite } from "./dispatch/emergency.ts";
import { killedSuite } from "./dispatch/killed.ts";
import { soakSuite } from "./dispatch/soak.ts";
import { embeddedSuite } from "./embedded/embedded.ts";
import { embeddedGrowthSuite, growthSuite } from "./growth/growth.ts";
import { profilesSuite } from "./profiles/profiles.ts";
import { importedSuite } from "./reads/imported.ts";
import { readsSuite } from "./reads/reads.ts";
import { retentionSuite } from "./retention/retention.ts";
import type { Suite } from "./suite.ts";

/** Every suite, in the order in which they run and are reported. */
export const SUITES: readonly Suite[] = [
  readsSuite,
  importedSuite,
  growthSuite,
  embeddedGrowthSuite,
  embeddedSuite,
  retentionSuite,
  dispatchSuite,
  emergencySuite,
  killedSuite,
  soakSuite,
  backlogSuite,
  profilesSuite,
];
