import { CALL_STATUS_NAMES, issueText, listInput, PAGE } from "@call-log/model";
import { z } from "zod";

import { accessOptions, declareAccess } from "../../access/access.ts";
import { withCalls, type ListRequest } from "../../calls/call-source.ts";
import { pageText } from "../../calls/page-text.ts";
import { usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { parseJsonOption } from "../options/json-option.ts";
import { repeated } from "../options/repeated.ts";
import { timeOption } from "../options/time-option.ts";

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

const options = z.strictObject({
  ...accessOptions,
  status: z.array(z.string()).default([]),
  since: timeOption.optional(),
  until: timeOption.optional(),
  query: z.string().optional(),
  limit: listInput.shape.limit,
  skip: listInput.shape.skip,
  cursor: z.string().optional(),
});

type ListOptions = z.output<typeof options>;

/** `list`: the newest calls. */
export const list = defineCommand({
  name: "list",
  summary: "List calls, newest first",
  declare: (command) =>
    declareAccess(command)
      .option(
        "--status <status>",
        "calls with this status, in any letter case; repeat it for more",
        repeated,
      )
      .option("--since <time>", "asked for at this time or later: 2026-11-23T03:12:00Z, a day, 24h")
      .option("--until <time>", "asked for before this time")
      .option("--query <json>", 'conditions as in the REST API, such as {"tags":"database"}')
      .option("--limit <count>", `how many, at most ${PAGE.maxLimit}`, Number, PAGE.defaultLimit)
      .option("--skip <count>", "how many to leave out", Number, 0)
      .option("--cursor <cursor>", "go on behind a page: its nextCursor, with the same conditions"),
  options,
  run: async (given, context) => {
    const request = requestOf(given);
    const page = await withCalls(given, context, (read) => read(request));
    const unknown = given.status.filter((name) => ownStatus(name) === undefined);
    if (page.count === 0 && unknown.length > 0)
      context.say(
        `--status: ${unknown.join(", ")} is no status of call-log, and no imported call has it; its own are: ${CALL_STATUS_NAMES.join(", ")}`,
      );
    return { json: page, text: pageText(page) };
  },
});

function requestOf({ query, status, since, until, limit, skip, cursor }: ListOptions): ListRequest {
  const conditions = [
    ...(query === undefined ? [] : [parseJsonOption("--query", query)]),
    ...(status.length === 0 ? [] : [{ status: status.flatMap(statusesLike) }]),
    ...(since === undefined ? [] : [{ createdAt: { $gte: since.toISOString() } }]),
    ...(until === undefined ? [] : [{ createdAt: { $lt: until.toISOString() } }]),
  ];
  const request = {
    select: SELECT,
    query: conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {}),
    limit,
    skip,
    inParts: true,
    ...(cursor !== undefined && { cursor }),
  } as ListRequest;
  const parsed = listInput.safeParse(request);
  if (parsed.success) return request;
  const [property] = parsed.error.issues[0]!.path;
  const text = issueText(parsed.error);
  throw usageError(property === "query" ? `--query: ${text}` : `--${text}`);
}

// An imported call may have a status that differs from ours in letter case alone.
function statusesLike(name: string): string[] {
  return [...new Set([name, ownStatus(name) ?? name])];
}

function ownStatus(name: string): string | undefined {
  return CALL_STATUS_NAMES.find((status) => status.toLowerCase() === name.trim().toLowerCase());
}
