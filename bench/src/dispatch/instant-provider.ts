import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import type { Provider } from "@call-log/provider";

import type { InstantCall, InstantEvent } from "./instant-call.ts";

/** A way to tell the benchmark's carrier of calls. */
export interface CarrierLine {
  /** Hand a call over; costs next to nothing, and there is nothing to wait for. */
  tell(call: InstantCall): void;
  close(): void;
}

/** Open a line to the carrier on this port. */
export function carrierLine(port: number): CarrierLine {
  const socket = connect(port, "127.0.0.1");
  return {
    tell: (call) => void socket.write(`${JSON.stringify(call)}\n`),
    close: () => void socket.end(),
  };
}

/** A provider that accepts every call, at once or after a time. A caller that dies before has no call there. */
export function instantProvider(carrierPort: number, answerMs = 0): Provider {
  const carrier = carrierLine(carrierPort);
  return {
    name: "instant",
    isSimulated: true,
    defaultFromNumber: "+15550199999",
    async placeCall({ callbackUrls }) {
      if (answerMs > 0) await delay(answerMs);
      const providerCallId = randomUUID();
      if (callbackUrls !== undefined) carrier.tell({ providerCallId, url: callbackUrls.status });
      return { kind: "accepted", providerCallId, status: "queued" };
    },
    fetchCall: async () => undefined,
    findCalls: async () => [],
    endCall: async () => undefined,
    readCallback({ attemptId, rawBody }) {
      // The carrier's own JSON.
      const event = JSON.parse(rawBody.toString()) as InstantEvent;
      return { events: [{ attemptId, provider: "instant", source: "callback", ...event }] };
    },
    check: async () => ({ ok: true }),
    close: async () => carrier.close(),
  };
}
