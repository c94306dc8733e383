import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

import { CallLogError } from "@call-log/model";
import type { ConnectionError } from "fastify";

import { REQUEST_ID_HEADER } from "../http/request-id.ts";
import { RESPONSE_HEADERS } from "../http/response-headers.ts";
import { errorBody, longestWait } from "./error-reply.ts";

/** What Node's HTTP parser refuses, by its code, in our words. */
const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "The headers of the request are too large.",
  ERR_HTTP_REQUEST_TIMEOUT: "The request did not arrive in time.",
};

/** Answer a request that is not valid HTTP with the documented error body, then close the connection. */
export function answerClientError(failure: ConnectionError, socket: Socket): void {
  if (failure.code === "ECONNRESET" || !socket.writable) return;
  const text = REFUSALS[failure.code] ?? "The request is not valid HTTP.";
  hangUp(socket, new CallLogError("BAD_REQUEST", text));
}

/** Answer a connection with the documented error body before any request is read, and close it. */
export function hangUp(socket: Socket, error: CallLogError): void {
  const requestId = randomUUID();
  const body = JSON.stringify(errorBody(error, requestId));
  const head = [
    `HTTP/1.1 ${error.httpStatus} ${STATUS_CODES[error.httpStatus]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `${REQUEST_ID_HEADER}: ${requestId}`,
    ...retryAfter(error),
    ...Object.entries(RESPONSE_HEADERS).map(([name, value]) => `${name}: ${value}`),
    "Connection: close",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.destroySoon();
}

function retryAfter(error: CallLogError): string[] {
  const seconds = longestWait([error]);
  return seconds === undefined ? [] : [`Retry-After: ${seconds}`];
}
