import type { CallSnapshot, Provider } from "@call-log/provider";

/** Most calls that one look-up asks the provider's log about. */
const MAX_LABELS = 20;

/** The calls, with the labels that the provider's log of requests shows for those that nobody owns. */
export async function attachLabels(
  provider: Provider,
  snapshots: readonly CallSnapshot[],
  owned: ReadonlySet<string>,
): Promise<CallSnapshot[]> {
  const isOpen = ({ attemptId, providerCallId }: CallSnapshot) =>
    attemptId === undefined && !owned.has(providerCallId);
  const open = new Set(snapshots.filter(isOpen).slice(0, MAX_LABELS));
  return Promise.all(
    snapshots.map(async (snapshot) => {
      const label = open.has(snapshot)
        ? await provider.findLabel?.(snapshot.providerCallId)
        : undefined;
      return label === undefined ? snapshot : { ...snapshot, attemptId: label };
    }),
  );
}
