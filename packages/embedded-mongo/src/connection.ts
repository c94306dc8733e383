import type { Socket } from "node:net";

import { isSignedIn } from "./authorize-command.ts";
import { encode } from "./bson-bytes.ts";
import type { ClientState } from "./client-state.ts";
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

/** The largest message of a client that has not signed in. */
const MAX_STRANGER_MESSAGE_BYTES = 16 * 1024;

/** Serves one client: its messages are answered one after the other, in order. */
export async function serveConnection(
  socket: Socket,
  state: ServerState,
  client: ClientState,
): Promise<void> {
  let buffered: Buffer[] = [];
  let length = 0;
  const limit = (): number =>
    isSignedIn(state, client) ? MAX_MESSAGE_BYTES : MAX_STRANGER_MESSAGE_BYTES;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    buffered.push(chunk);
    length += chunk.length;
    if (length < wantedBytes(buffered[0] as Buffer, limit())) continue;
    let buffer = buffered.length === 1 ? chunk : Buffer.concat(buffered);
    while (buffer.length >= HEADER_BYTES && buffer.length >= messageSize(buffer, limit())) {
      const size = messageSize(buffer, limit());
      const reply = await answer(buffer.subarray(0, size), state, client);
      if (reply !== undefined) socket.write(reply);
      buffer = buffer.subarray(size);
    }
    buffered = buffer.length === 0 ? [] : [buffer];
    length = buffer.length;
  }
}

// Large messages come in many chunks; joining them at each would copy them as often.
function wantedBytes(first: Buffer, limit: number): number {
  return first.length < HEADER_BYTES ? HEADER_BYTES : messageSize(first, limit);
}

// An HTTP request ends here, too: its first letters are a size of more than 500 MB.
function messageSize(buffer: Buffer, limit: number): number {
  const size = buffer.readInt32LE(0);
  if (size < HEADER_BYTES || size > limit) throw new RangeError(`message of ${size} bytes`);
  return size;
}

async function answer(
  message: Buffer,
  state: ServerState,
  client: ClientState,
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
    const reply = await runCommand(state, parsed.command, client);
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
