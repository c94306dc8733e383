import type { DispatchContext } from "@call-log/dispatcher";
import type { CallRecord } from "@call-log/model";
import type { Provider } from "@call-log/provider";

/** Steps of an attempt at which a worker can be killed, in their order. */
export const KILL_POINTS = [
  "before claim",
  "after claim",
  "while asking",
  "after create",
  "before record",
  "after record",
  "before event",
  "after event",
] as const;

/** A step of an attempt. */
export type KillPoint = (typeof KILL_POINTS)[number];

/** Kills this process at once, as the kernel or the power would. */
export function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}

/** The context with a trap: the nth time that a point is reached, `strike` is called and nothing more happens. */
export function withTrap(
  context: DispatchContext,
  trap: { point: KillPoint; nth: number },
  strike: () => Promise<never>,
): DispatchContext {
  let hits = 0;
  const reach = async (point: KillPoint) => {
    if (point !== trap.point) return;
    hits += 1;
    if (hits === trap.nth) await strike();
  };
  return {
    ...context,
    calls: trappedCalls(context.calls, reach),
    providers: Object.fromEntries(
      Object.entries(context.providers).map(([name, provider]) => [
        name,
        trappedProvider(provider, reach),
      ]),
    ),
  };
}

type Reach = (point: KillPoint) => Promise<void>;

function trappedCalls(calls: DispatchContext["calls"], reach: Reach): DispatchContext["calls"] {
  return {
    ...calls,
    async claim(claim) {
      await reach("before claim");
      const claimed = await calls.claim(claim);
      if (claimed !== undefined) await reach("after claim");
      return claimed;
    },
    async replace(record) {
      const kind = lastWord(record);
      await reach(kind === "callback" ? "before event" : "before record");
      const written = await calls.replace(record);
      await reach(kind === "callback" ? "after event" : "after record");
      return written;
    },
  };
}

function trappedProvider(provider: Provider, reach: Reach): Provider {
  return {
    ...provider,
    async placeCall(order) {
      const answer = provider.placeCall(order);
      await reach("while asking");
      const result = await answer;
      await reach("after create");
      return result;
    },
  };
}

// Who spoke last of the attempts: an event that a provider reported, or we ourselves.
function lastWord({ attempts }: CallRecord): string | undefined {
  return attempts.at(-1)?.events.at(-1)?.source;
}
