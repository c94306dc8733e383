import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

import { CALLBACK_KINDS, type CallbackReading, type CallbackRequest } from "../provider.ts";

/** An HTTP server that takes callbacks, as the api does. */
export interface CallbackReceiver {
  publicUrl: string;
  /** Callbacks in the order in which they came, those answered with an error too. */
  received: CallbackRequest[];
  /** HTTP status of the next answers, one each; then 200. A redirect leads to the same address. */
  nextStatuses: number[];
  close(): Promise<void>;
}

type Reply = ReturnType<NonNullable<CallbackReading["reply"]>>;

/** Starts a receiver on a free port; each callback is answered once what it lets follow is done. */
export async function startCallbackReceiver(
  follow: (request: CallbackRequest) => Promise<Reply | undefined> = async () => undefined,
): Promise<CallbackReceiver> {
  const received: CallbackRequest[] = [];
  const nextStatuses: number[] = [];
  let publicUrl = "";
  const server = createServer((incoming, response) => {
    void buffer(incoming).then(async (rawBody) => {
      const request = toCallbackRequest(incoming, publicUrl, rawBody);
      received.push(request);
      const { contentType, body } = (await follow(request)) ?? {};
      const headers = {
        location: incoming.url,
        ...(contentType && { "content-type": contentType }),
      };
      response.writeHead(nextStatuses.shift() ?? 200, headers).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    publicUrl,
    received,
    nextStatuses,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function toCallbackRequest(
  incoming: IncomingMessage,
  publicUrl: string,
  rawBody: Buffer,
): CallbackRequest {
  const [, , , attemptId = "", , kindName] = (incoming.url ?? "").split(/[/?]/);
  const kind = CALLBACK_KINDS.find((known) => known === kindName);
  if (!kind) throw new Error(`a callback to ${incoming.url}`);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]),
  );
  return {
    kind,
    attemptId,
    url: `${publicUrl}${incoming.url}`,
    headers,
    rawBody,
  };
}
