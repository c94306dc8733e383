import type { ToolApi } from "@call-log/mcp";
import type { createCaller } from "@call-log/router";

/** What the tools need, by the procedures of one request: permissions, project and masking are theirs. */
export function callerApi({
  callLog,
  calls,
  projects,
  system,
}: Pick<ReturnType<typeof createCaller>, "callLog" | "calls" | "projects" | "system">): ToolApi {
  return {
    list: (request) => callLog.getList(request),
    read: (id, select) => callLog.getItem({ id, select }),
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
