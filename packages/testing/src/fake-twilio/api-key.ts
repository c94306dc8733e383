/**
 * A standard API key of the fake's account: good for every resource but the account's own. Source:
 * https://www.twilio.com/docs/iam/api-keys
 */
export const API_KEY = {
  sid: `SK${"fedcba9876543210".repeat(2)}`,
  secret: "fake-twilio-key-secret-0123456789",
} as const;
