import { type CallLogClient, CallNotOverError } from "@call-log/client";
import type { ToolApi } from "@call-log/mcp";

/** What the tools need, through the API with a key. */
export function clientApi({
  callLog,
  calls,
  projects,
  system,
}: Pick<CallLogClient, "callLog" | "calls" | "projects" | "system">): ToolApi {
  return {
    list: (request) => callLog.getList.query(request),
    read: (id, select) => callLog.getItem.query({ id, select }),
    async waitForEnd(id, terms) {
      try {
        await calls.waitForEnd(id, terms);
      } catch (error) {
        if (!(error instanceof CallNotOverError)) throw error;
      }
    },
    sums: (request) => callLog.stats.query(request),
    budget: () => projects.budget.query(),
    async health() {
      const [health, { paused, operatorPause }] = await Promise.all([
        system.health.query(),
        system.status.query(),
      ]);
      return { ...health, paused, operatorPause };
    },
    preview: (request) => calls.preview.query(request),
    place: (request) => calls.dispatch.mutate(request),
    cancel: (id) => calls.cancel.mutate({ id }),
  };
}
