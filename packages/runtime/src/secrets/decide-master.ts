import type { SecretMark } from "@call-log/store";

/** How long the secret before counts after a change, in milliseconds: calls in flight end, and every process is restarted. */
export const OVERLAP_MS = 24 * 3_600_000;

/** Fingerprints of the secrets that a process has. */
export interface OwnFingerprints {
  /** Of the one that it signs with. */
  current: string;
  /** Of `SECRET_KEY_PREVIOUS`. */
  previous?: string | undefined;
  /** Of the secret in the database, where there is one. */
  database?: string | undefined;
}

/** The mark to go on with, or that this process must not start. */
export type MasterDecision = { mark?: SecretMark };

/** Decide whether a process may sign with its secret on this installation, and what the mark is then; a change is one that names the secret before. */
export function decideMaster(
  found: SecretMark | undefined,
  own: OwnFingerprints,
  now: Date,
): MasterDecision {
  if (found === undefined) return { mark: changed(own.database, own.current, now) };
  if (own.current === found.current) return { mark: found };
  // A process that an exchange one after the other has not reached yet.
  if (own.current === found.previous && isInOverlap(found, now)) return { mark: found };
  const known = [own.previous, own.database];
  if (known.includes(found.current)) return { mark: changed(found.current, own.current, now) };
  return {};
}

function isInOverlap({ changedAt }: SecretMark, now: Date): boolean {
  return now.getTime() < changedAt.getTime() + OVERLAP_MS;
}

function changed(previous: string | undefined, current: string, changedAt: Date): SecretMark {
  const isAnother = previous !== undefined && previous !== current;
  return { current, changedAt, ...(isAnother && { previous }) };
}
