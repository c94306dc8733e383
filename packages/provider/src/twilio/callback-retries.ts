/**
 * Fragment of a callback address that has Twilio repeat the callback five times after any error, within 15 seconds. It is not signed. Source:
 * https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export const CALLBACK_RETRIES = "#rc=5&rp=all";
