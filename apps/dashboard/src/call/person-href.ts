import type { CallLogView } from "./call-view.ts";

/** Address of the page of a call's callee: by the number, where the reader sees it in full, else by the id; undefined without both. */
export function personHref({
  toNumber,
  user,
}: Pick<CallLogView, "toNumber" | "user">): string | undefined {
  if (toNumber && /^\+\d+$/.test(toNumber)) return `/people/${toNumber}`;
  return user ? `/people/${encodeURIComponent(user._id)}` : undefined;
}
