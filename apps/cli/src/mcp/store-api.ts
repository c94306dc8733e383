import { CallNotOverError, FOLLOWED_FIELDS, untilOver } from "@call-log/client";
import type { CallPage, ListRequest, ToolApi } from "@call-log/mcp";
import {
  budgetState,
  listInput,
  newCallLogId,
  presentCallLog,
  type Project,
  statsInput,
} from "@call-log/model";
import type { Store } from "@call-log/store";

import { queueRequest } from "../calls/queue-request.ts";
import { CliError } from "../cli-error.ts";

/** Where requests are queued. */
export interface QueuePlace {
  /** Undefined where it is not known: nothing is queued then. */
  redisUrl: string | undefined;
  prefix?: string;
}

/** What the tools need, directly on the database and the queue of this machine; what only a running API can do says so. */
export function storeApi(store: Store, project: Project, place: QueuePlace): ToolApi {
  const { _id: projectId } = project;
  const reader = store.createReader();
  const list = async (request: ListRequest): Promise<CallPage> => {
    const input = listInput.parse(request);
    const page = await reader.list({ projectId, input });
    return {
      ...page,
      data: page.data.map((call) => presentCallLog(call, input.select, project)),
    };
  };
  const read = async (id: string, select: ListRequest["select"]) => {
    const { data } = await list({ query: { _id: id }, select, limit: 1 });
    const [call] = data;
    if (call === undefined) throw new CliError(`there is no call log ${id}`);
    return call;
  };
  return {
    list,
    read,
    async waitForEnd(id, terms) {
      try {
        await untilOver(id, () => read(id, FOLLOWED_FIELDS), terms);
      } catch (error) {
        if (!(error instanceof CallNotOverError)) throw error;
      }
    },
    sums: (request) => reader.stats({ projectId, ...statsInput.parse(request) }),
    async budget() {
      const { budget } = (await store.projects.find(projectId)) ?? {};
      return budget ? budgetState(budget, await store.budgets.spending(projectId)) : null;
    },
    health: needsApi,
    preview: async () => undefined,
    async place(request) {
      const { idempotencyKey } = request;
      if (idempotencyKey === undefined) throw new Error("a confirmed request has a key");
      const { redisUrl, ...more } = place;
      if (redisUrl === undefined)
        throw new CliError("REDIS_URL is not set; set it, or set CALL_LOG_API_KEY");
      const _id = newCallLogId({ projectId, idempotencyKey });
      const [before] = (await list({ query: { _id }, select: { status: true }, limit: 1 })).data;
      if (before !== undefined) return { _id, status: before.status ?? "", repeated: true };
      await queueRequest(request, { projectId, redisUrl, ...more });
      return { _id, status: "on the queue", repeated: false };
    },
    cancel: needsApi,
  };
}

async function needsApi(): Promise<never> {
  throw new CliError("This needs a running API: set CALL_LOG_URL and CALL_LOG_API_KEY");
}
