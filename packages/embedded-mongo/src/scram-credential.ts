import { createHash, createHmac, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** Rounds of PBKDF2, as many as MongoDB takes for SCRAM-SHA-256. */
const ITERATIONS = 15_000;
const SALT_BYTES = 28;
const KEY_BYTES = 32;

/** The user name and password that a server asks for; both printable ASCII. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What a server keeps of a password (RFC 5802): enough to check a proof, too little to make one. */
export interface ScramCredential {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** Finds what is kept of a user's password. */
export type FindCredential = (username: string) => ScramCredential;

/**
 * Derives what is kept of the one user's password. An unknown user gets a credential, too, which no password fits, so that nobody learns
 * which users exist. Throws a RangeError for what is not printable ASCII, since SASLprep is not implemented.
 */
export async function credentialBook({ username, password }: Credentials): Promise<FindCredential> {
  if (!isPlain(username) || !isPlain(password))
    throw new RangeError("user name and password must be printable ASCII, and not empty");
  const known = await deriveCredential(password);
  const secret = randomBytes(KEY_BYTES);
  return (asked) => (asked === username ? known : decoyOf(asked, secret));
}

async function deriveCredential(password: string): Promise<ScramCredential> {
  const salt = randomBytes(SALT_BYTES);
  const salted = await promisify(pbkdf2)(password, salt, ITERATIONS, KEY_BYTES, "sha256");
  const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest();
  return { salt, iterations: ITERATIONS, storedKey, serverKey: hmac(salted, "Server Key") };
}

function decoyOf(username: string, secret: Buffer): ScramCredential {
  return {
    salt: hmac(secret, username).subarray(0, SALT_BYTES),
    iterations: ITERATIONS,
    storedKey: randomBytes(KEY_BYTES),
    serverKey: randomBytes(KEY_BYTES),
  };
}

function isPlain(text: string): boolean {
  return /^[\u0020-\u007e]+$/.test(text);
}

/** HMAC-SHA-256. */
export function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
