import {
  refusedAgain,
  refusedUntil,
  type NumberRefusal,
  type NumberRefusalStore,
  type RefusedNumber,
} from "@call-log/store";

/** Refused numbers that are kept in memory alone. */
export function createMemoryNumberRefusals(now: () => Date): NumberRefusalStore {
  const known = new Map<string, NumberRefusal>();
  const idOf = ({ projectId, provider, fromNumber }: RefusedNumber) =>
    [projectId, provider, fromNumber].join();
  const takeTurn = async (refusal: NumberRefusal) => {
    const id = idOf(refusal);
    if (known.get(id)?.retryAt.getTime() !== refusal.retryAt.getTime()) return false;
    known.set(id, refusedAgain(refusal, now()));
    return true;
  };
  return {
    of: async (projectId) => [...known.values()].filter((one) => one.projectId === projectId),
    async note(refused) {
      const before = known.get(idOf(refused));
      if (before === undefined)
        known.set(idOf(refused), { ...refused, refusals: 1, retryAt: refusedUntil(1, now()) });
      else if (before.retryAt <= now()) await takeTurn(before);
    },
    takeTurn,
    clear: async (refused) => void known.delete(idOf(refused)),
  };
}
