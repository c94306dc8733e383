import { createHmac, timingSafeEqual } from "node:crypto";

/** How long a session lasts, in seconds: a shift. */
export const SESSION_SECONDS = 12 * 3600;

/** What a session's cookie holds: the id of its key and its end, signed; never the key. */
export function sessionToken(
  instanceSecret: string,
  session: { keyId: string; now: Date },
): string {
  const end = Math.floor(session.now.getTime() / 1000) + SESSION_SECONDS;
  const content = `${session.keyId}.${end}`;
  return `${content}.${signatureOf(instanceSecret, content)}`;
}

/** The id of the key that a session began with, or undefined for a token that is over or not ours. */
export function readSessionToken(
  instanceSecret: string,
  { token, now }: { token: string; now: Date },
): string | undefined {
  const [keyId = "", end = "", signature = ""] = token.split(".");
  const expected = Buffer.from(signatureOf(instanceSecret, `${keyId}.${end}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return Number(end) * 1000 > now.getTime() ? keyId : undefined;
}

function signatureOf(instanceSecret: string, content: string): string {
  return createHmac("sha256", instanceSecret).update(`session.${content}`).digest("base64url");
}
