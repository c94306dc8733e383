import type { DeadLetterHealth } from "@call-log/store";

/** How many refused requests nobody has looked after, and the first of them; times are ISO text. */
export function presentDeadLetters({ open, oldest }: DeadLetterHealth) {
  return {
    open,
    oldest: oldest && { _id: oldest._id, createdAt: oldest.createdAt.toISOString() },
  };
}
