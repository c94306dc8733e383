import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";

import { MAX_KEPT_ANSWER } from "@call-log/model";

import type { AddressGuard } from "../context/address-guard.ts";
import { AddressRefused } from "./address-guard.ts";

/** A request to an address that a person or program named. */
export interface OutgoingRequest {
  url: string;
  /** @defaultValue POST */
  method?: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What was answered. */
export interface HttpAnswer {
  status: number;
  /** As much of the body as was asked for. */
  body: string;
  /** Header Retry-After, as it came. */
  retryAfter: string | undefined;
}

/** How a request is sent. */
export interface RequestTerms {
  guard: AddressGuard;
  /** Longest time until the headers of the answer, and again for its body, in seconds. */
  timeoutSeconds: number;
  /** Most bytes that are read of the answer's body. @defaultValue 1024 */
  maxBytes?: number | undefined;
}

/** A request that got no answer; the text names no address, which may hold a secret. */
export class RequestFailure extends Error {
  override readonly name = "RequestFailure";
}

/**
 * Send a request where the guard lets it go: the name is resolved once, and the connection is made to the address that was checked.
 * Redirects are answers like others. Rejects with a `RequestFailure`.
 */
export async function guardedRequest(
  outgoing: OutgoingRequest,
  { guard, timeoutSeconds, maxBytes = MAX_KEPT_ANSWER }: RequestTerms,
): Promise<HttpAnswer> {
  // A literal address is never looked up.
  const refusal = guard.refusalOfUrl(outgoing.url);
  if (refusal !== undefined) throw new RequestFailure(refusal);
  const abort = new AbortController();
  const timeout = setTimeout(() => abort.abort(), timeoutSeconds * 1000);
  try {
    const answer = await send(outgoing, { lookup: guard.lookup, signal: abort.signal });
    const { statusCode: status = 0, headers } = answer;
    return { status, body: await firstOf(answer, maxBytes), retryAfter: headers["retry-after"] };
  } catch (error) {
    const text = abort.signal.aborted
      ? `no answer within ${timeoutSeconds} seconds`
      : reasonOf(error);
    throw new RequestFailure(text, { cause: error });
  } finally {
    clearTimeout(timeout);
  }
}

function send(
  { url, method = "POST", headers, body }: OutgoingRequest,
  options: Pick<RequestOptions, "lookup" | "signal">,
): Promise<IncomingMessage> {
  const target = new URL(url);
  const open = target.protocol === "https:" ? httpsRequest : httpRequest;
  const length = { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    // A connection of its own: one that the receiver closes while we send on it would be a try in vain.
    const sent = open(target, {
      ...options,
      method,
      agent: false,
      headers: { "user-agent": "call-log", ...headers, ...length },
    });
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(body);
  });
}

// The status says how it went; what follows it is only for people.
async function firstOf(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxBytes) break;
    }
  } catch {
    // Cut off or too slow: what came is kept.
  }
  answer.destroy();
  return Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8");
}

function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? `no connection: ${code}` : "the request failed";
}
