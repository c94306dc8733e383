import { AsyncLocalStorage } from "node:async_hooks";
import http from "node:http";
import https from "node:https";

import RequestClient from "twilio/lib/base/RequestClient.js";

import { NothingSentError } from "../nothing-sent-error.ts";

const TWILIO_API = "https://api.twilio.com";

/** Longer than the dispatcher waits: an answer that comes late still is worth recording. */
const TIMEOUT_MS = 60_000;

/** Twilio's 429: the request was never processed (https://www.twilio.com/docs/api/errors/20429). */
export class TooManyRequestsError extends Error {
  readonly retryAfterSeconds: number | undefined;

  constructor(retryAfter: string | undefined) {
    super("Too many requests");
    const seconds = Number(retryAfter);
    this.retryAfterSeconds = seconds > 0 ? seconds : undefined;
  }
}

/** Whether the request that is being made has been handed to the network. */
const departure = new AsyncLocalStorage<{ hasLeft: boolean }>();

const transport = {
  request(
    ...[options, onResponse]: [https.RequestOptions, (answer: http.IncomingMessage) => void]
  ) {
    const noted = departure.getStore();
    if (noted) noted.hasLeft = true;
    return (options.protocol === "http:" ? http : https).request(options, onResponse);
  },
};

/** The SDK's HTTP client at another address, that follows no redirect, repeats nothing, and keeps `Retry-After`, which the SDK drops. What fails before a request has left is a `NothingSentError`. */
export class TwilioHttp extends RequestClient {
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    super({ timeout: TIMEOUT_MS, autoRetry: false });
    this.#baseUrl = baseUrl;
    Object.assign(this.axios.defaults, { transport });
  }

  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const uri = options.uri.replace(TWILIO_API, this.#baseUrl);
    const response = await this.#sent(() =>
      super.request<T>({ ...options, uri, allowRedirects: false }),
    );
    if (response.statusCode !== 429) return response;
    const headers = response.headers as Record<string, string> | undefined;
    throw new TooManyRequestsError(headers?.["retry-after"]);
  }

  async #sent<T>(send: () => Promise<T>): Promise<T> {
    const noted = { hasLeft: false };
    try {
      return await departure.run(noted, send);
    } catch (error) {
      throw noted.hasLeft ? error : new NothingSentError(error);
    }
  }
}
