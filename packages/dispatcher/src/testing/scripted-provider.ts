import type { ProviderEvent } from "@call-log/model";
import type { CallOrder, CallSnapshot, PlaceResult, Provider } from "@call-log/provider";

/** A provider that does what a test says. */
export interface ScriptedProvider extends Provider {
  /** Orders that were placed, in their order. */
  readonly orders: CallOrder[];
  /** Calls by provider call id, as `fetchCall` and `findCalls` know them. */
  readonly calls: Map<string, CallSnapshot>;
  /** Answer to the next orders; by default each is accepted. */
  answer: (order: CallOrder) => PlaceResult | Promise<PlaceResult>;
  /** What its own record of calls tells, by provider call id. */
  readonly records: Map<string, ProviderEvent[]>;
  /** While true, every look-up fails. */
  isAway: boolean;
}

/** A provider under this name that accepts every order, unless a test changes its answer. */
export function createScriptedProvider(name: string, now: () => Date): ScriptedProvider {
  const calls = new Map<string, CallSnapshot>();
  const orders: CallOrder[] = [];
  const reached = () => {
    if (primary.isAway) throw new Error("the provider is away");
  };
  const primary: ScriptedProvider = {
    name,
    orders,
    calls,
    records: new Map(),
    isAway: false,
    answer: (order) => ({
      kind: "accepted",
      providerCallId: placed(order).providerCallId,
      status: "queued",
    }),
    async placeCall(order) {
      orders.push(order);
      return primary.answer(order);
    },
    async fetchCall(id) {
      reached();
      return calls.get(id);
    },
    async fetchRecord({ providerCallId }) {
      reached();
      return primary.records.get(providerCallId);
    },
    async findCalls({ toNumber, fromNumber, createdSince }) {
      reached();
      return [...calls.values()].filter(
        (call) =>
          call.toNumber === toNumber &&
          (fromNumber === undefined || call.fromNumber === fromNumber) &&
          call.createdAt >= createdSince,
      );
    },
    async endCall(id) {
      reached();
      const call = calls.get(id);
      if (call === undefined) return undefined;
      const status = call.status === "in-progress" ? "completed" : "canceled";
      calls.set(id, { ...call, status, endedAt: now() });
      return calls.get(id);
    },
    readCallback: () => undefined,
    check: async () => ({ ok: true }),
    close: async () => {},
  };

  function placed({ attemptId, toNumber, fromNumber }: CallOrder): CallSnapshot {
    const providerCallId = `${name}-${attemptId}`;
    const status = "queued" as const;
    const call = { providerCallId, toNumber, fromNumber, createdAt: now(), status };
    calls.set(providerCallId, call);
    return call;
  }

  return primary;
}
