import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { z } from "zod";

/** What a receiver does with a webhook. */
export type ReceiverAnswer = "take" | "hang" | "refuse" | "late" | "die";

/** A webhook as it arrived, whatever the receiver did with it. */
export interface ReceivedEvent {
  id: string;
  callLogId: string;
  type: string;
  body: string;
  /** Of a change of status: before and after it. */
  from?: string | null | undefined;
  to?: string | undefined;
  /** The receiver took it: it is delivered. */
  isTaken: boolean;
  /** From the event to its arrival. */
  lagMs: number;
}

/** A receiver of webhooks in this process. */
export interface WebhookReceiver {
  url: string;
  /** In the order of their arrival, repetitions included. */
  events: ReceivedEvent[];
  close(): Promise<void>;
}

/** Later than the time-out of a delivery in a run, in milliseconds. */
const LATE_MS = 1500;

const eventBody = z.looseObject({
  type: z.string(),
  timestamp: z.string(),
  data: z.looseObject({
    callLog: z.looseObject({ _id: z.string() }),
    change: z.looseObject({ from: z.string().nullish(), to: z.string().optional() }),
  }),
});

const ANSWERS: Record<ReceiverAnswer, (response: ServerResponse) => void> = {
  take: (response) => void response.writeHead(204).end(),
  hang: () => undefined,
  refuse: (response) => void response.writeHead(500).end("broken"),
  late: (response) => void setTimeout(() => response.writeHead(204).end(), LATE_MS).unref(),
  die: (response) => void response.destroy(),
};

/** Start a receiver; `answer` decides by the number of the webhook, from 0. */
export async function startWebhookReceiver(
  answer: (nth: number) => ReceiverAnswer,
): Promise<WebhookReceiver> {
  const events: ReceivedEvent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const given = answer(events.length);
      const event = eventOf(
        String(request.headers["webhook-id"]),
        Buffer.concat(chunks).toString(),
      );
      events.push({ ...event, isTaken: given === "take" });
      ANSWERS[given](response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, events, close: () => closed(server) };
}

function eventOf(id: string, body: string): Omit<ReceivedEvent, "isTaken"> {
  const { type, timestamp, data } = eventBody.parse(JSON.parse(body));
  const { from, to } = data.change;
  const lagMs = Date.now() - Date.parse(timestamp);
  return { id, type, body, callLogId: data.callLog._id, from, to, lagMs };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
