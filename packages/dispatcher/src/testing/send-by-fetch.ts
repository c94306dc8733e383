import type { SendRequest } from "../back-to-source/source-request.ts";

/** Sends a request with `fetch`, to an address that a test has made. */
export const sendByFetch: SendRequest = async ({ url, ...request }) => {
  const answer = await fetch(url, request);
  return { status: answer.status, body: await answer.text(), retryAfter: undefined };
};
