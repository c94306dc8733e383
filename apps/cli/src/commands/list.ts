import { issueText, listInput, PAGE } from "@call-log/model";
import { z } from "zod";

import { accessOptions, declareAccess } from "../access.ts";
import { withCalls, type CallPage, type ListRequest } from "../call-source.ts";
import { usageError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { parseJsonOption } from "../json-option.ts";
import { shownTime, tableText } from "../table.ts";
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
    const page = await withCalls(given, context, (read) => read(request));
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
  const parsed = listInput.safeParse(request);
  if (parsed.success) return request;
  throw usageError(`--query: ${issueText(parsed.error, "").replace(/^\./, "")}`);
}

function pageText({ data, count }: CallPage): string {
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
