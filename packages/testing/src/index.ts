export * from "./fixtures.ts";
export * from "./fresh-database.ts";
export * from "./fresh-redis.ts";
export { onEachDatabase } from "./on-each-database.ts";
export { type CuttableLine, cuttableLine, cuttableMongoLine } from "./cuttable-line.ts";
export * from "./wait-for.ts";
export {
  startFakeTwilio,
  type FakeTwilio,
  type FakeTwilioCall,
} from "./fake-twilio/fake-twilio.ts";
export {
  type IdentityProvider,
  type KnownPerson,
  startIdentityProvider,
} from "./identity-provider/identity-provider.ts";
export { startFakeTelnyx, type FakeTelnyx } from "./fake-telnyx/fake-telnyx.ts";
export { onFailure } from "./on-failure.ts";
export { chromiumProgram } from "./chromium.ts";
export { databaseRuns } from "./database-runs.ts";
export { IS_SECANTUS, TEST_SERVER_FAULTS } from "./test-server-faults.ts";
export { programArguments } from "./program-arguments.ts";
export { leaksIn, type Leak } from "./leaks.ts";
export { keepProcessLog, suiteLines, suiteLog } from "./suite-log.ts";
export { keepExpired } from "./keep-expired.ts";
