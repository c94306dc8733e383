import {
  issueText,
  type ListQuery,
  listInput,
  PAGE,
  presentCallLog,
  type CallLogView,
} from "@call-log/model";
import { createCallReader } from "@call-log/store";
import { z } from "zod";

import { accessOptions, declareAccess, openClient } from "../access.ts";
import { usageError } from "../cli-error.ts";
import { defineCommand, type CommandContext } from "../command.ts";
import { parseJsonOption } from "../json-option.ts";
import { shownTime, tableText } from "../table.ts";
import { chosenProject, withStore } from "../with-store.ts";
import { repeated } from "./repeated.ts";

const SELECT = {
  createdAt: true,
  status: true,
  toNumber: true,
  fromNumber: true,
  attemptCount: true,
  answeredBy: true,
  callCostInUSDCents: true,
  statusMessage: true,
} as const;

interface Page {
  data: CallLogView[];
  count: number;
}

type ListRequest = z.input<typeof listInput>;

/** `list`: the newest calls. */
export const list = defineCommand({
  name: "list",
  summary: "List calls, newest first",
  declare: (command) =>
    declareAccess(command)
      .option("--status <status>", "calls with this status; repeat it for more", repeated)
      .option("--query <json>", 'conditions as in the REST API, such as {"tags":"database"}')
      .option("--limit <count>", `how many, at most ${PAGE.maxLimit}`, Number, PAGE.defaultLimit),
  options: z.strictObject({
    ...accessOptions,
    status: z.array(z.string()).optional(),
    query: z.string().optional(),
    limit: listInput.shape.limit,
  }),
  run: async (given, context) => {
    const request = requestOf(given);
    const client = await openClient(given, context);
    const page: Page = client
      ? await client.callLog.getList.query(request)
      : await fromDatabase(request, given.project, context);
    return { json: page, text: pageText(page) };
  },
});

function requestOf(given: {
  status?: string[] | undefined;
  query?: string | undefined;
  limit: number;
}): ListRequest {
  const asked = given.query === undefined ? [] : [parseJsonOption("--query", given.query)];
  const statuses = given.status === undefined ? [] : [{ status: given.status }];
  const conditions = [...asked, ...statuses];
  const query = conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {});
  const request = { select: SELECT, query, limit: given.limit } as ListRequest;
  parseList(request);
  return request;
}

function parseList(request: ListRequest): ListQuery {
  const parsed = listInput.safeParse(request);
  if (parsed.success) return parsed.data;
  throw usageError(`--query: ${issueText(parsed.error, "").replace(/^\./, "")}`);
}

function fromDatabase(
  request: ListRequest,
  projectId: string | undefined,
  context: CommandContext,
): Promise<Page> {
  return withStore(context, async (store) => {
    const project = await chosenProject(store, projectId);
    const input = parseList(request);
    const reader = createCallReader(store.collections.callLogs);
    const page = await reader.list({ projectId: project._id, input });
    return { ...page, data: page.data.map((call) => presentCallLog(call, input.select, project)) };
  });
}

function pageText({ data, count }: Page): string {
  const table = tableText(
    data,
    {
      CREATED: ({ createdAt }) => shownTime(createdAt),
      ID: ({ _id }) => _id,
      TO: ({ toNumber }) => toNumber ?? "-",
      STATUS: ({ status }) => status ?? "-",
      ANSWERED: ({ answeredBy }) => answeredBy ?? "-",
      TRIES: ({ attemptCount }) => String(attemptCount ?? 0),
      "COST (¢)": ({ callCostInUSDCents }) => String(callCostInUSDCents ?? 0),
      MESSAGE: ({ statusMessage }) => statusMessage ?? "",
    },
    "no calls",
  );
  return count > data.length ? `${table}\n${data.length} of ${count}` : table;
}
