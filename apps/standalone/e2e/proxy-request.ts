import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";

/** A request as a client of a proxy sends it; the path is sent as it is. */
export interface ProxyRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Address of the caller, one of 127.0.0.0/8. */
  from?: string;
}

/** An answer whose body may still be arriving. */
export interface OpenAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** The body so far. */
  text(): string;
  isOver(): boolean;
  /** The whole body. */
  whole(): Promise<string>;
  close(): void;
}

/** Every name is this machine. */
export const lookup: LookupFunction = (_name, { all }, found) =>
  all === true ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);

/** Sends a request to an origin such as `https://calls.example.com:8443`; gives the answer as soon as its headers are there. */
export function ask(
  origin: string,
  path: string,
  { method = "GET", headers = {}, body, from }: ProxyRequest = {},
): Promise<OpenAnswer> {
  const { protocol, hostname, port } = new URL(origin);
  const options = { hostname, port, path, method, headers, lookup, agent: false };
  const { request } = protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, ...(from && { localAddress: from }) }, (answer) =>
      resolve(openAnswer(answer)),
    );
    sent.once("error", reject).end(body);
  });
}

function openAnswer(answer: http.IncomingMessage): OpenAnswer {
  const chunks: Buffer[] = [];
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    answer.on("data", (chunk: Buffer) => chunks.push(chunk));
    answer.once("close", () => {
      isOver = true;
      resolve(Buffer.concat(chunks).toString());
    });
  });
  return {
    status: answer.statusCode!,
    headers: answer.headers,
    text: () => Buffer.concat(chunks).toString(),
    isOver: () => isOver,
    whole: () => ended,
    close: () => void answer.destroy(),
  };
}
