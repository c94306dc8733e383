import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { Webhook, WebhookVerificationError } from "standardwebhooks";

/** An event that arrived. */
export interface ReceivedEvent {
  id: string;
  type: string;
  timestamp: string;
  data: { callLog?: { _id: string; status?: string | null }; change?: object };
}

/** What a receiver does with what it gets. */
export interface ReceiverOptions {
  port: number;
  /** Secret that events are signed with; read at each event. */
  secret: () => string;
  onEvent: (event: ReceivedEvent) => void;
  /** Called with the reason when a request is refused. */
  onRefused: (reason: string) => void;
}

/** More than any event. */
const MAX_BYTES = 1_000_000;

/** A receiver on the loopback address; its URL, and how it stops. Rejects when the port is not free. */
export async function startReceiver(options: ReceiverOptions) {
  const server = createServer((request, response) => {
    void answer(request, options).then((status) => {
      response.writeHead(status, { connection: "close" }).end();
    });
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(request: IncomingMessage, options: ReceiverOptions): Promise<number> {
  if (request.method !== "POST") return 405;
  const body = await bodyOf(request);
  if (body === undefined) return 413;
  try {
    const event = new Webhook(options.secret()).verify(body, headersOf(request));
    const id = String(request.headers["webhook-id"]);
    options.onEvent({ ...(event as Omit<ReceivedEvent, "id">), id });
    return 204;
  } catch (error) {
    options.onRefused(error instanceof Error ? error.message : String(error));
    return error instanceof WebhookVerificationError ? 401 : 400;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
