import { crc32 } from "node:zlib";

/** Begins each frame, so that frames after a damaged one can be found. */
export const FRAME_MAGIC = Buffer.from("CLJ1");

/** The bytes before a frame's payload: magic, length, checksum. */
export const FRAME_HEADER_BYTES = 12;

/** The most bytes that one frame's payload may have. */
export const MAX_FRAME_BYTES = 1024 * 1024 * 1024;

/** Frames a payload with its length and checksum. */
export function encodeFrame(payload: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(payload);
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  FRAME_MAGIC.copy(header);
  header.writeUInt32LE(body.length, 4);
  header.writeUInt32LE(checksum(header, body), 8);
  return Buffer.concat([header, body]);
}

// The length is summed too, so that a damaged length is not taken for a short payload.
function checksum(header: Buffer, body: Uint8Array): number {
  return crc32(body, crc32(header.subarray(4, 8)));
}

/** What stands at an offset: a whole frame, one whose end is not in the buffer, or no frame. */
export type FrameAt =
  | { readonly kind: "frame"; readonly payload: Buffer; readonly size: number }
  | { readonly kind: "short"; readonly size: number }
  | { readonly kind: "bad" };

/** Reads the frame at an offset. */
export function frameAt(buffer: Buffer, offset: number): FrameAt {
  if (buffer.length - offset < FRAME_HEADER_BYTES)
    return { kind: "short", size: FRAME_HEADER_BYTES };
  const header = buffer.subarray(offset, offset + FRAME_HEADER_BYTES);
  const length = header.readUInt32LE(4);
  if (header.compare(FRAME_MAGIC, 0, 4, 0, 4) !== 0 || length > MAX_FRAME_BYTES)
    return { kind: "bad" };
  const size = FRAME_HEADER_BYTES + length;
  if (buffer.length - offset < size) return { kind: "short", size };
  const payload = buffer.subarray(offset + FRAME_HEADER_BYTES, offset + size);
  return header.readUInt32LE(8) === checksum(header, payload)
    ? { kind: "frame", payload, size }
    : { kind: "bad" };
}
