import { listInput, presentCallLog, type CallLogView } from "@call-log/model";
import type { z } from "zod";

import { openClient } from "../access/access.ts";
import { chosenProject, withStore } from "../access/with-store.ts";
import type { CommandContext } from "../command.ts";

/** Input of a list, as the API takes it. */
export type ListRequest = z.input<typeof listInput>;

/** A page of calls, and how many there are in all; where counting took too long, from a time on. */
export interface CallPage {
  data: CallLogView[];
  count: number;
  countedFrom?: Date | string | undefined;
  nextCursor?: string | undefined;
}

/** Reads calls of one project. */
export type ReadCalls = (request: ListRequest) => Promise<CallPage>;

/** Read calls: through the api with a key, else from the database of the installation, which is closed after. */
export async function withCalls<T>(
  given: {
    apiKey?: string | undefined;
    url?: string | undefined;
    project?: string | undefined;
  },
  context: CommandContext,
  act: (read: ReadCalls) => Promise<T>,
): Promise<T> {
  const client = await openClient(given, context);
  if (client !== undefined) return act((request) => client.callLog.getList.query(request));
  return withStore(context, async (store) => {
    const project = await chosenProject(store, given.project);
    const reader = store.createReader();
    return act(async (request) => {
      const input = listInput.parse(request);
      const page = await reader.list({ projectId: project._id, input });
      return {
        ...page,
        data: page.data.map((call) => presentCallLog(call, input.select, project)),
      };
    });
  });
}
