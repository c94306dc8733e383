export * from "./fixtures.ts";
export * from "./fresh-database.ts";
export * from "./fresh-redis.ts";
export * from "./wait-for.ts";
export {
  startFakeTwilio,
  type FakeTwilio,
  type FakeTwilioCall,
} from "./fake-twilio/fake-twilio.ts";
export { startFakeTelnyx, type FakeTelnyx } from "./fake-telnyx/fake-telnyx.ts";
