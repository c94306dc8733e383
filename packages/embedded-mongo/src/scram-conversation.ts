import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

import { type FindCredential, hmac } from "./scram-credential.ts";

const NONCE_BYTES = 24;

/** The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) after the client's first message. */
export interface ScramConversation {
  readonly username: string;
  /** The server's first message: nonce, salt and rounds. */
  readonly challenge: string;
  /** The server's last message if the client's proof is right, else undefined. */
  verify(clientFinal: string): string | undefined;
}

/** Begins with the client's first message; undefined if it is none that this server accepts. */
export function beginScram(
  clientFirst: string,
  findCredential: FindCredential,
): ScramConversation | undefined {
  const first = /^(?<gs2>[ny],,)(?<bare>n=(?<name>[^,]*),r=(?<nonce>[\x21-\x2b\x2d-\x7e]+))$/.exec(
    clientFirst,
  )?.groups;
  const username = unescapeName(first?.["name"] ?? "");
  if (first === undefined || username === undefined) return undefined;
  const credential = findCredential(username);
  const nonce = `${first["nonce"]}${randomBytes(NONCE_BYTES).toString("base64")}`;
  const salt = credential.salt.toString("base64");
  const challenge = `r=${nonce},s=${salt},i=${credential.iterations}`;
  const binding = Buffer.from(first["gs2"] ?? "").toString("base64");
  const expected = `c=${binding},r=${nonce}`;
  return {
    username,
    challenge,
    verify(clientFinal) {
      const end = clientFinal.lastIndexOf(",p=");
      const proof = Buffer.from(clientFinal.slice(end + 3), "base64");
      if (end < 0 || clientFinal.slice(0, end) !== expected) return undefined;
      const message = `${first["bare"]},${challenge},${expected}`;
      const signature = hmac(credential.storedKey, message);
      if (proof.length !== signature.length) return undefined;
      const clientKey = Buffer.from(proof.map((byte, at) => byte ^ (signature[at] ?? 0)));
      const shown = createHash("sha256").update(clientKey).digest();
      if (!timingSafeEqual(shown, credential.storedKey)) return undefined;
      return `v=${hmac(credential.serverKey, message).toString("base64")}`;
    },
  };
}

// In a name "," is written "=2C" and "=" is "=3D"; any other "=" is wrong.
function unescapeName(name: string): string | undefined {
  if (name === "" || /=(?!2C|3D)/.test(name)) return undefined;
  return name.replaceAll("=2C", ",").replaceAll("=3D", "=");
}
