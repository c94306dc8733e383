import { dispatchSuite } from "./dispatch/dispatch.ts";
import { soakSuite } from "./dispatch/soak.ts";
import { profilesSuite } from "./profiles/profiles.ts";
import { readsSuite } from "./reads/reads.ts";
import type { Suite } from "./suite.ts";

/** Every suite, in the order in which they run and are reported. */
export const SUITES: readonly Suite[] = [readsSuite, dispatchSuite, soakSuite, profilesSuite];
