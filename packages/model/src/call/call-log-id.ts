import { v5, v7, version } from "uuid";

// Changing it would give every known idempotency key another call log.
const NAMESPACE = "2b1f2a4e-6f0c-4c53-9a0e-5b7d8c1e0f36";

/**
 * Id of a new call log: a UUIDv7, or with an idempotency key the UUIDv5 (RFC 9562) of project and key, so that a repeat
 * has the same id. The key may be any text.
 */
export function newCallLogId(request: { projectId: string; idempotencyKey?: string }): string {
  const { projectId, idempotencyKey } = request;
  if (idempotencyKey === undefined) return v7();
  return v5(bytesOf(`${projectId}:${idempotencyKey}`), NAMESPACE);
}

/**
 * True for the id of a request that carried an idempotency key or whose job did: a repeat of the request has the same
 * id.
 */
export function isKeyedCallLogId(callLogId: string): boolean {
  return version(callLogId) === 5;
}

const UTF_8 = new TextEncoder();

// WTF-8: half a surrogate pair is three bytes. encodeURIComponent throws for it, and TextEncoder encodes all halves alike.
function bytesOf(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return UTF_8.encode(text);
  return Uint8Array.from(Array.from(text, (one) => Array.from(bytesOfCharacter(one))).flat());
}

function bytesOfCharacter(character: string): Iterable<number> {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xd800 || code > 0xdfff) return UTF_8.encode(character);
  return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
}
