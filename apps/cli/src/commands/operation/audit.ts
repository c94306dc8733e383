import {
  ACT_NAMES,
  type Actor,
  ACTS,
  actorText,
  auditListInput,
  type FieldChange,
  issueText,
  PAGE,
} from "@call-log/model";
import type { AuditLineView } from "@call-log/router";
import { z } from "zod";

import { accessOptions, declareAccess, openClient } from "../../access/access.ts";
import { chosenProject, withStore } from "../../access/with-store.ts";
import { usageError } from "../../cli-error.ts";
import { type CommandContext, defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";
import { parseJsonOption } from "../options/json-option.ts";
import { repeated } from "../options/repeated.ts";

const options = z.strictObject({
  ...accessOptions,
  installation: z.literal(true).optional(),
  act: z.array(z.enum(ACT_NAMES, { error: `must be one of: ${ACT_NAMES.join(", ")}` })).optional(),
  actor: z.string().optional(),
  target: z.string().optional(),
  query: z.string().optional(),
  limit: auditListInput.shape.limit,
  cursor: z.string().optional(),
});

type AuditOptions = z.output<typeof options>;

/** A page as the APIs answer it. */
interface AuditPage {
  data: AuditLineView[];
  count: number;
  nextCursor?: string | undefined;
}

/** `audit`: who did what. */
export const audit = defineCommand({
  name: "audit",
  summary: "List who did what, newest first",
  declare: (command) =>
    declareAccess(command)
      .option("--installation", "the installation's trail, with what operators did to projects")
      .option("--act <name>", "acts of this name; repeat it for more", repeated)
      .option("--actor <id>", "what this key, person or user did")
      .option("--target <id>", "what was done to this call, key, project or number")
      .option("--query <json>", 'conditions as in the REST API, such as {"result":"interrupted"}')
      .option("--limit <count>", `how many, at most ${PAGE.maxLimit}`, Number, PAGE.defaultLimit)
      .option("--cursor <text>", "go on from the page before"),
  options,
  run: async (given, context) => {
    const page = await readPage(given, context);
    return { json: page, text: pageText(page) };
  },
});

async function readPage(given: AuditOptions, context: CommandContext): Promise<AuditPage> {
  const request = requestOf(given);
  const client = await openClient(given, context);
  if (client !== undefined)
    return given.installation
      ? client.audit.listInstallation.query(request)
      : client.audit.list.query(request);
  return withStore(context, async (store) => {
    const scope = given.installation ? null : (await chosenProject(store, given.project))._id;
    const page = await store.audit.list(scope, auditListInput.parse(request));
    return JSON.parse(JSON.stringify(page)) as AuditPage;
  });
}

function requestOf({ query, act, actor, target, limit, cursor }: AuditOptions) {
  const conditions = {
    ...(act && { act }),
    ...(actor !== undefined && { "actor.id": actor }),
    ...(target !== undefined && { "target.id": target }),
  };
  const asked = query === undefined ? [] : [parseJsonOption("--query", query)];
  const request = {
    query: asked.length === 0 ? conditions : { $and: [...asked, conditions] },
    limit,
    ...(cursor !== undefined && { cursor }),
  };
  const parsed = auditListInput.safeParse(request);
  if (parsed.success) return request;
  throw usageError(`--query: ${issueText(parsed.error, "").replace(/^\./, "")}`);
}

function pageText({ data, count, nextCursor }: AuditPage): string {
  const table = tableText(
    data,
    {
      TIME: ({ createdAt }) => shownTime(createdAt),
      WHO: (line) => actorText(line.actor as Actor),
      "FROM WHERE": ({ address }) => address ?? "-",
      WHAT: ({ act, result }) => `${ACTS[act].title}${result === "done" ? "" : ` (${result})`}`,
      TARGET: ({ target }) => target?.id ?? "-",
      CHANGES: ({ changes, facts }) => changesText(changes, facts),
    },
    "no acts",
  );
  const rest = count > data.length ? `\n${data.length} of ${count}` : "";
  return nextCursor === undefined ? table : `${table}${rest}; go on with --cursor ${nextCursor}`;
}

function changesText(
  changes: readonly FieldChange[],
  facts: Readonly<Record<string, unknown>> = {},
): string {
  const values = changes.map(({ field, from, to }) => `${field}: ${shown(from)} → ${shown(to)}`);
  const known = Object.entries(facts).map(([name, value]) =>
    Array.isArray(value) ? `${name}: ${value.length}` : `${name}: ${shown(value)}`,
  );
  return [...values, ...known].join("; ");
}

function shown(value: unknown): string {
  if (value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
