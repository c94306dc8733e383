import { CallLogError, onlyKeys, timestampInput } from "@call-log/model";
import type { Authenticated, KeyOwner } from "@call-log/store";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import { requireGrantableAddresses, requireGrantable } from "./key-grants.ts";
import { requireTime } from "./key-input.ts";

const HOUR_MS = 3_600_000;
const MAX_OVERLAP_HOURS = 720;
const OVERLAP = { error: `must be a whole number of hours from 1 to ${MAX_OVERLAP_HOURS}` };

/** Which key to replace, how long it lives on, and when the new one ends. */
export const rotation = onlyKeys({
  id: z.string({ error: "must be the id of a key" }).min(1).max(100),
  overlapHours: z.int(OVERLAP).min(1, OVERLAP).max(MAX_OVERLAP_HOURS, OVERLAP).default(24),
  expiresAt: timestampInput.optional(),
});

/** A key that replaces another one, as it is answered; this is the only time that it is shown. */
export interface RotatedKeyView {
  id: string;
  key: string;
  /** Until then the replaced key is valid. */
  previousUntil: string;
}

type Context = Pick<RouterContext, "store" | "now" | "address" | "requestId"> & {
  identity: Authenticated;
};

/** Replace a key of this owner; the new one has the same name, permissions and addresses. Nothing beyond what the key that asks has. */
export async function rotateKey(
  ctx: Context,
  { id, overlapHours, expiresAt }: z.output<typeof rotation>,
  owner: KeyOwner,
): Promise<RotatedKeyView> {
  const { store, now, identity } = ctx;
  const keys = await store.keys.list(owner);
  const found = keys.find((key) => key.id === id);
  const own = keys.find((key) => key.id === identity.keyId);
  if (found === undefined) throw new CallLogError("NOT_FOUND", "There is no such key.");
  requireGrantable(found.permissions, identity);
  requireGrantableAddresses(found.allowedAddresses, identity);
  const isOver = found.expiresAt !== undefined && found.expiresAt <= now();
  // One that is over is refused as such.
  if (!isOver)
    requireTime({ expiresAt: expiresAt ?? found.expiresAt, now: now(), until: own?.expiresAt });
  const acting = actingOf(ctx);
  const asked = { overlapMs: overlapHours * HOUR_MS, expiresAt, acting };
  const rotated = await store.keys.rotate(id, asked, owner);
  if (rotated === undefined) throw new CallLogError("NOT_FOUND", "There is no such key.");
  return { ...rotated, previousUntil: rotated.previousUntil.toISOString() };
}
