/** How long a request may take to arrive, and to end when the server does. */
export interface Timeouts {
  /** For its headers, and for a connection on which nothing comes, in milliseconds. */
  headersMs: number;
  /** For all of it. */
  requestMs: number;
  /** How often connections are looked at. */
  checkEveryMs: number;
  /** For what is under way when the server has stopped listening; Docker kills after 10 seconds in all. */
  finishMs: number;
}

/** A body that trickles is cut off within a minute. Answers, such as downloads and live streams, take as long as they take. */
export const TIMEOUTS: Timeouts = {
  headersMs: 20_000,
  requestMs: 50_000,
  checkEveryMs: 5000,
  finishMs: 5000,
};

/** The options of Fastify and Node for them. Node goes by the longer time where the two are equal, so that the headers' is shorter. */
export function timeoutOptions({ headersMs, requestMs, checkEveryMs }: Timeouts) {
  return {
    // Fastify sets this one on the server itself.
    requestTimeout: requestMs,
    http: {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkEveryMs,
    },
  } as const;
}
