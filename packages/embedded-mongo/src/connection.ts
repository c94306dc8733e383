import type { Socket } from "node:net";

import { encode } from "./bson-bytes.ts";
import type { ServerState } from "./command-context.ts";
import { CommandError } from "./errors.ts";
import { runCommand } from "./run-command.ts";
import {
  HEADER_BYTES,
  MAX_MESSAGE_BYTES,
  type WireRequest,
  encodeError,
  frameReply,
  readMessage,
} from "./wire-message.ts";

/** Serves one client: its messages are answered one after the other, in order. */
export async function serveConnection(
  socket: Socket,
  state: ServerState,
  connectionId: number,
): Promise<void> {
  let buffered: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    buffered.push(chunk);
    length += chunk.length;
    if (length < wantedBytes(buffered[0] as Buffer)) continue;
    let buffer = buffered.length === 1 ? chunk : Buffer.concat(buffered);
    while (buffer.length >= HEADER_BYTES && buffer.length >= messageSize(buffer)) {
      const size = messageSize(buffer);
      const reply = await answer(buffer.subarray(0, size), state, connectionId);
      if (reply !== undefined) socket.write(reply);
      buffer = buffer.subarray(size);
    }
    buffered = buffer.length === 0 ? [] : [buffer];
    length = buffer.length;
  }
}

// Large messages come in many chunks; joining them at each would copy them as often.
function wantedBytes(first: Buffer): number {
  return first.length < HEADER_BYTES ? HEADER_BYTES : messageSize(first);
}

function messageSize(buffer: Buffer): number {
  const size = buffer.readInt32LE(0);
  if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES)
    throw new RangeError(`message of ${size} bytes`);
  return size;
}

async function answer(
  message: Buffer,
  state: ServerState,
  connectionId: number,
): Promise<Buffer | undefined> {
  let request: Pick<WireRequest, "requestId" | "legacy" | "silent"> = {
    requestId: message.readInt32LE(4),
    legacy: false,
    silent: false,
  };
  let body: Uint8Array;
  try {
    const parsed = readMessage(message);
    request = parsed;
    const reply = await runCommand(state, parsed.command, connectionId);
    body = reply instanceof Uint8Array ? reply : encode({ ...reply, ok: 1 });
  } catch (error) {
    body = encodeError(toRefusal(error));
  }
  return request.silent ? undefined : frameReply(request, body);
}

function toRefusal(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof Error && error.name === "WireError") throw error;
  return new CommandError("InternalError", error instanceof Error ? error.message : String(error));
}
