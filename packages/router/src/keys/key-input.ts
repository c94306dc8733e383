import {
  addressList,
  CallLogError,
  onlyKeys,
  permission,
  type Permission,
  timestampInput,
  trimmedText,
} from "@call-log/model";
import type { ApiKeyInfo, Authenticated, NewApiKey } from "@call-log/store";
import { z } from "zod";

const name = trimmedText(100);

const permissions = z
  .array(permission, { error: "must be a list of permissions" })
  .min(1, { error: "must hold at least one permission" })
  .transform((names) => [...new Set(names)]);

/** What every new key is given. */
export const newKeyShape = {
  name,
  permissions,
  expiresAt: timestampInput.optional(),
  allowedAddresses: addressList.optional(),
};

/** A new key as it is asked for; without addresses it gets those of the key that asks. */
export function newKeyOf(
  input: z.output<z.ZodObject<typeof newKeyShape>>,
  own: Pick<Authenticated, "allowedAddresses">,
): Omit<NewApiKey, "projectId"> {
  const { expiresAt, allowedAddresses = own.allowedAddresses, ...key } = input;
  return {
    ...key,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(allowedAddresses !== undefined && { allowedAddresses }),
  };
}

/** Which key to revoke; `own` is to mean it. */
export const revocation = onlyKeys({
  id: z.string({ error: "must be the id of a key" }).min(1).max(100),
  own: z.boolean({ error: "must be true or false" }).default(false),
});

/** A key as it is answered; times are ISO text, and the key itself is never among it. */
export interface ApiKeyView {
  id: string;
  name: string | null;
  permissions: Permission[];
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  /** IP addresses and CIDR ranges that it may be used from; null for any. */
  allowedAddresses: string[] | null;
  /** Within a minute, and from which address. */
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
  /** Ids of the key that replaces it, and of the one that it replaces. */
  rotatedTo: string | null;
  rotatedFrom: string | null;
  /** It is the one that asks. */
  isOwn: boolean;
}

/** A key as it is answered to this one. */
export function presentKey(info: ApiKeyInfo, { keyId }: Pick<Authenticated, "keyId">): ApiKeyView {
  return {
    id: info.id,
    name: info.name ?? null,
    permissions: info.permissions,
    createdAt: info.createdAt.toISOString(),
    expiresAt: info.expiresAt?.toISOString() ?? null,
    revokedAt: info.revokedAt?.toISOString() ?? null,
    allowedAddresses: info.allowedAddresses ?? null,
    lastUsedAt: info.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: info.lastUsedFrom ?? null,
    rotatedTo: info.rotatedTo ?? null,
    rotatedFrom: info.rotatedFrom ?? null,
    isOwn: info.id === keyId,
  };
}

/** Refuse an end that is past, and one after `until`, when the key that asks expires. */
export function requireTime(times: {
  expiresAt?: Date | undefined;
  now: Date;
  until?: Date | undefined;
}): void {
  const { expiresAt, now, until } = times;
  if (expiresAt !== undefined && expiresAt <= now)
    throw new CallLogError("BAD_REQUEST", "expiresAt: must be in the future");
  if (until !== undefined && (expiresAt === undefined || expiresAt > until))
    throw new CallLogError(
      "FORBIDDEN",
      `expiresAt: must be at most ${until.toISOString()}, when your own key expires`,
    );
}

/** Refuse to revoke the key that asks, unless that is meant. */
export function requireNotOwn(
  { id, own }: z.output<typeof revocation>,
  { keyId }: Pick<Authenticated, "keyId">,
): void {
  if (id === keyId && !own)
    throw new CallLogError(
      "CONFLICT",
      'id: is the key that you ask with; nobody can go on with it after this. Send "own": true if you mean it.',
    );
}
