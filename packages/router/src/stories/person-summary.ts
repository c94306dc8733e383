import type { CallLogView } from "@call-log/model";

import {
  costOf,
  isDialled,
  isReached,
  medianOf,
  reachedAtOf,
  secondsToAnswer,
} from "./call-times.ts";

/** How a person was reached, over the newest calls. */
export interface PersonSummary {
  /** As the newest call that has a name names them. */
  name: string | null;
  userId: string | null;
  /** Numbers that were called, the newest first; as far as the key may see them. */
  toNumbers: string[];
  /** Calls that are over and for which a phone was dialled, and how many of them reached somebody. */
  dialled: number;
  reached: number;
  medianSecondsToAnswer: number | null;
  lastCalledAt: string | null;
  lastReachedAt: string | null;
  /** When each call that reached somebody did so, the newest first. */
  reachedAt: string[];
  costUSDCents: number;
  /** Whether a price is still to come. */
  isPricePending: boolean;
}

/** How a person was reached: from their newest calls, newest first. */
export function personSummary(calls: readonly CallLogView[]): PersonSummary {
  const user = calls.find((call) => call.user)?.user ?? null;
  const named = calls.find((call) => call.user?.name ?? call.user?.email)?.user;
  const reachedAt = calls
    .flatMap((call) => reachedAtOf(call) ?? [])
    .toSorted((a, b) => Date.parse(b) - Date.parse(a));
  const dialled = calls.filter(isDialled);
  return {
    name: text(named?.name) ?? text(named?.email),
    userId: user?._id ?? null,
    toNumbers: [...new Set(calls.flatMap(({ toNumber }) => toNumber ?? []))],
    dialled: dialled.length,
    reached: dialled.filter(isReached).length,
    medianSecondsToAnswer: medianOf(calls.flatMap((call) => secondsToAnswer(call) ?? [])) ?? null,
    lastCalledAt: calls[0]?.createdAt ?? null,
    lastReachedAt: reachedAt[0] ?? null,
    reachedAt,
    costUSDCents: costOf(calls),
    isPricePending: calls.some(({ pricing }) => pricing === "pending"),
  };
}

function text(value: string | number | null | undefined): string | null {
  return value === null || value === undefined || value === "" ? null : String(value);
}
