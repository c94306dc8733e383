import { deriveKey, SECRET_USES, type SecretUse } from "./secret-uses.ts";

/** The keys of one use. */
export interface Keyring {
  /** Key of new signatures, base64url. */
  current: string;
  /** Keys whose signatures count at this time, the current one first. */
  accepted(now: Date): string[];
}

/** The keys of every use. */
export type Secrets = Readonly<Record<SecretUse, Keyring>>;

/** A secret whose signatures count, until a time where one is given. */
export interface AcceptedSecret {
  master: string | Buffer;
  until?: Date;
}

/** Keys that are used as they are, not derived; for addresses that an older release has given out. */
export type AcceptedKeys = Partial<Record<SecretUse, { key: string; until: Date }[]>>;

/** The keys of every use, from the master secret and from those before it. */
export function deriveSecrets(
  [current, ...before]: readonly [AcceptedSecret, ...AcceptedSecret[]],
  older: AcceptedKeys = {},
): Secrets {
  const keyring = (use: SecretUse): Keyring => {
    const keys = [current, ...before].map(({ master, ...until }) => ({
      key: deriveKey(master, use),
      ...until,
    }));
    const all: { key: string; until?: Date }[] = [...keys, ...(older[use] ?? [])];
    return {
      current: deriveKey(current.master, use),
      accepted: (now) =>
        all.filter(({ until }) => until === undefined || until > now).map(({ key }) => key),
    };
  };
  const uses = Object.keys(SECRET_USES) as SecretUse[];
  return Object.fromEntries(uses.map((use) => [use, keyring(use)])) as Record<SecretUse, Keyring>;
}
