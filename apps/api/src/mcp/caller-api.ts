import type { ToolApi } from "@call-log/mcp";
import type { createCaller } from "@call-log/router";

/** The procedures of one request; a wait ends with the signal. */
export type CallerFor = (
  signal?: AbortSignal,
) => Pick<ReturnType<typeof createCaller>, "callLog" | "calls" | "projects" | "system">;

/** What the tools need, by the procedures of one request: permissions, project and masking are theirs. */
export function callerApi(callerFor: CallerFor): ToolApi {
  const { callLog, calls, projects, system } = callerFor();
  return {
    list: (request) => callLog.getList(request),
    read: (id, select) => callLog.getItem({ id, select }),
    async waitForEnd(id, { timeoutSeconds, signal }) {
      await callerFor(signal).callLog.wait({ id, timeout: Math.ceil(timeoutSeconds) });
    },
    sums: (request) => callLog.stats(request),
    budget: () => projects.budget(),
    async health() {
      const [health, { paused, operatorPause }] = await Promise.all([
        system.health(),
        system.status(),
      ]);
      return { ...health, paused, operatorPause };
    },
    preview: (request) => calls.preview(request),
    place: (request) => calls.dispatch(request),
    cancel: (id) => calls.cancel({ id }),
  };
}
