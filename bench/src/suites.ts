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
import { writesSuite } from "./writes/writes.ts";

/** Every suite, in the order in which they run and are reported. */
const SUITES: readonly Suite[] = [
  readsSuite,
  importedSuite,
  growthSuite,
  embeddedGrowthSuite,
  embeddedSuite,
  retentionSuite,
  writesSuite,
  dispatchSuite,
  emergencySuite,
  killedSuite,
  soakSuite,
  backlogSuite,
  profilesSuite,
];

/** The suite of this name; else those with this text in their names, but for what runs on demand. */
export function chosenSuites(text: string): readonly Suite[] {
  const named = SUITES.filter(({ name }) => name === text);
  if (named.length > 0) return named;
  return SUITES.filter(({ name, onDemand }) => onDemand !== true && name.includes(text));
}
