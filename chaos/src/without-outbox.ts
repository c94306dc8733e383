import type { DispatchContext } from "@call-log/dispatcher";

/** A worker that is wrong on purpose: it keeps the events of a change in memory alone, and sends them after the write. A run must find that. */
export function withoutOutbox(context: DispatchContext): DispatchContext {
  const { calls } = context;
  return {
    ...context,
    calls: {
      ...calls,
      async replace({ outbox, outboxAt: _at, ...record }) {
        const written = await calls.replace(record);
        return written && { ...written, ...(outbox && { outbox }) };
      },
    },
  };
}
