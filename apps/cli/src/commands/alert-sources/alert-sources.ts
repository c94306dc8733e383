import {
  ALERT_SOURCE_KIND_NAMES,
  type AlertDelivery,
  type AlertSourceKind,
  sourceSnippet,
  sourceUrl,
  trimmedText,
  type Wire,
} from "@call-log/model";
import { z } from "zod";

import { accessOptions, declareAccess } from "../../access/access.ts";
import {
  type AlertSourceAdmin,
  type ShownSource,
  type ShownToken,
  withAlertSources,
} from "../../alerts/alert-source-admin.ts";
import { CliError, usageError } from "../../cli-error.ts";
import { type CommandContext, defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";
import { readJsonFile } from "../options/json-option.ts";
import { backOf, mappingOf, oneSource, ruleOf, ruleOptions } from "./alert-sources-options.ts";

const KINDS = ALERT_SOURCE_KIND_NAMES.join(", ");
const HOURS = { error: "must be a whole number of hours from 0 to 720" };

/** `alert-sources list`: the programs that may send alerts. */
export const alertSourcesList = defineCommand({
  name: "alert-sources list",
  summary: "List the programs that may send alerts",
  declare: declareAccess,
  options: z.strictObject(accessOptions),
  run: (given, context) =>
    withAlertSources(given, context, async (admin) => {
      const sources = await admin.list();
      return { json: sources, text: listText(sources) };
    }),
});

/** `alert-sources show`: one of them, with its rule. */
export const alertSourcesShow = defineCommand({
  name: "alert-sources show",
  summary: "Show an alert source with its rule",
  declare: (command) => declareAccess(command).argument("<id>", "the source"),
  options: z.strictObject(oneSource),
  run: ({ id, ...given }, context) =>
    withAlertSources(given, context, async (admin) => {
      const source = await admin.get(id);
      return { json: source, text: JSON.stringify(source, null, 2) };
    }),
});

/** `alert-sources create`: a program may send alerts; its address is shown this once. */
export const alertSourcesCreate = defineCommand({
  name: "alert-sources create",
  summary: "Let a program send alerts; its address is shown this once",
  declare: (command) =>
    declareAccess(command)
      .requiredOption("--kind <kind>", `what sends them: ${KINDS}`)
      .requiredOption("--name <text>", "what people call it")
      .option("--to <number>", "the number that is called")
      .option("--rule <json>", "the whole call rule as JSON")
      .option("--mapping <json>", "how a JSON body is read, for the kind json")
      .option("--back <json>", "how it is informed of acknowledgements"),
  options: z.strictObject({
    ...accessOptions,
    ...ruleOptions,
    kind: z.enum(ALERT_SOURCE_KIND_NAMES, { error: `must be one of: ${KINDS}` }),
    name: trimmedText(100),
  }),
  run: (
    { kind, name, to, rule: ruleText, mapping: mappingText, back: backText, ...given },
    context,
  ) =>
    withAlertSources(given, context, async (admin) => {
      const rule = ruleOf({ to, rule: ruleText });
      if (rule === undefined) throw usageError("--to: is needed, or --rule with a number");
      const mapping = mappingOf({ mapping: mappingText });
      const back = backOf({ back: backText });
      const created = await admin.create({
        kind,
        name,
        rule,
        ...(mapping && { mapping }),
        ...(back && { back }),
      });
      return tokenResult(created, admin, context);
    }),
});

/** `alert-sources update`: another name, rule or mapping, on or off. */
export const alertSourcesUpdate = defineCommand({
  name: "alert-sources update",
  summary: "Change an alert source, or turn it on or off",
  declare: (command) =>
    declareAccess(command)
      .argument("<id>", "the source")
      .option("--name <text>", "what people call it")
      .option("--rule <json>", "the whole call rule as JSON")
      .option("--to <number>", "the number in the rule")
      .option("--mapping <json>", "how a JSON body is read")
      .option("--back <json>", "how it is informed of acknowledgements; null to end that")
      .option("--on", "its alerts call")
      .option("--off", "its notifications are answered, and nobody is called"),
  options: z
    .strictObject({
      ...oneSource,
      ...ruleOptions,
      name: trimmedText(100).optional(),
      on: z.literal(true).optional(),
      off: z.literal(true).optional(),
    })
    .refine(({ on, off }) => !(on && off), { path: ["off"], error: "goes without --on" }),
  run: ({ id, name, on, off, to, ...rest }, context) => {
    const { rule: ruleText, mapping: mappingText, back: backText, ...given } = rest;
    return withAlertSources(given, context, async (admin) => {
      const before = to !== undefined && ruleText === undefined ? await admin.get(id) : {};
      const old = "rule" in before ? JSON.stringify(before.rule) : undefined;
      const rule = ruleOf({ to, rule: ruleText ?? old });
      const mapping = mappingOf({ mapping: mappingText });
      const back = backOf({ back: backText });
      const source = await admin.update(id, {
        id,
        ...(name !== undefined && { name }),
        ...(rule !== undefined && { rule }),
        ...(mapping !== undefined && { mapping }),
        ...(back !== undefined && { back }),
        ...((on ?? off) && { enabled: on === true }),
      });
      return { json: source, text: listText([source]) };
    });
  },
});

/** `alert-sources test-back`: whether it can be informed. */
export const alertSourcesTestBack = defineCommand({
  name: "alert-sources test-back",
  summary: "Try how an alert source is informed of acknowledgements, without an alert",
  declare: (command) => declareAccess(command).argument("<id>", "the source"),
  options: z.strictObject(oneSource),
  run: ({ id, ...given }, context) =>
    withAlertSources(given, context, async ({ testBack }) => {
      if (testBack === undefined)
        throw new CliError("--api-key: is needed, since the api does it; or set CALL_LOG_API_KEY");
      const tried = await testBack(id);
      if (tried.error !== null)
        throw new CliError(`${tried.error}${tried.answer ? `: ${tried.answer}` : ""}`);
      return { json: tried, text: `the source answered ${tried.status}: ${tried.answer ?? ""}` };
    }),
});

/** `alert-sources rotate-token`: a new address in the place of one. */
export const alertSourcesRotateToken = defineCommand({
  name: "alert-sources rotate-token",
  summary: "Give an alert source a new address; the old one lives on for a day",
  declare: (command) =>
    declareAccess(command)
      .argument("<id>", "the source")
      .option("--overlap-hours <hours>", "how long the old one lives on: 24 without, 0 to end it"),
  options: z.strictObject({
    ...oneSource,
    overlapHours: z.coerce.number(HOURS).int(HOURS).min(0, HOURS).max(720, HOURS).default(24),
  }),
  run: ({ id, overlapHours, ...given }, context) =>
    withAlertSources(given, context, async (admin) =>
      tokenResult(await admin.rotateToken(id, overlapHours), admin, context),
    ),
});

/** `alert-sources delete`: its address is not valid any more. */
export const alertSourcesDelete = defineCommand({
  name: "alert-sources delete",
  summary: "Delete an alert source; its address is not valid any more",
  declare: (command) => declareAccess(command).argument("<id>", "the source"),
  options: z.strictObject(oneSource),
  run: ({ id, ...given }, context) =>
    withAlertSources(given, context, async (admin) => {
      await admin.delete(id);
      return { json: { deleted: true }, text: `alert source ${id}: deleted` };
    }),
});

/** `alert-sources recent`: what it sent, and what became of it. */
export const alertSourcesRecent = defineCommand({
  name: "alert-sources recent",
  summary: "List the last notifications of an alert source, and what became of them",
  declare: (command) => declareAccess(command).argument("<id>", "the source"),
  options: z.strictObject(oneSource),
  run: ({ id, ...given }, context) =>
    withAlertSources(given, context, async (admin) => {
      const deliveries = await admin.recent(id);
      return { json: deliveries, text: deliveriesText(deliveries) };
    }),
});

/** `alert-sources dry-run`: what a body would do. */
export const alertSourcesDryRun = defineCommand({
  name: "alert-sources dry-run",
  summary: "Show the calls that a notification would place; nothing is called",
  declare: (command) =>
    declareAccess(command)
      .argument("<id>", "the source")
      .requiredOption("--body <file>", "JSON file with the notification; - for standard input"),
  options: z.strictObject({ ...oneSource, body: z.string() }),
  run: ({ id, body: file, ...given }, context) =>
    withAlertSources(given, context, async ({ dryRun }) => {
      if (dryRun === undefined)
        throw new CliError("--api-key: is needed, since the api does it; or set CALL_LOG_API_KEY");
      const tried = await dryRun(id, await readJsonFile("--body", file, context.terminal));
      return { json: tried, text: JSON.stringify(tried.results, null, 2) };
    }),
});

function tokenResult(
  { source, token }: ShownToken,
  { url }: Pick<AlertSourceAdmin, "url">,
  { json, say }: Pick<CommandContext, "json" | "say">,
) {
  const kind: AlertSourceKind = source.kind;
  const address = sourceUrl(kind, { url, token });
  const snippet = sourceSnippet(kind, { url, token });
  if (!json) say(`alert source ${source._id}; keep its address, it is shown only now:`);
  return { json: { source, token, url: address, snippet }, text: `${address}\n\n${snippet}` };
}

function listText(sources: readonly ShownSource[]): string {
  return tableText(
    sources,
    {
      ID: ({ _id }) => _id,
      NAME: ({ name }) => name,
      KIND: ({ kind }) => kind,
      STATE: ({ enabled }) => (enabled ? "on" : "off"),
      CREATED: ({ createdAt }) => shownTime(createdAt),
      NOTIFICATIONS: ({ deliveryCount }) => String(deliveryCount),
      LAST: ({ lastDelivery: last }) =>
        last === undefined ? "" : `${shownTime(last.at)} (${last.status})`,
      "LAST REFUSAL": ({ lastRefusal: last }) => last?.reason ?? "",
    },
    "no alert sources",
  );
}

function deliveriesText(deliveries: readonly Wire<AlertDelivery>[]): string {
  return tableText(
    deliveries,
    {
      TIME: ({ at }) => shownTime(at),
      STATUS: ({ status }) => String(status),
      CALLED: ({ counts }) => String(counts.called),
      REPEATED: ({ counts }) => String(counts.repeated),
      CANCELED: ({ counts }) => String(counts.canceled),
      IGNORED: ({ counts }) => String(counts.ignored),
      REFUSED: ({ counts }) => String(counts.refused),
      REASON: ({ answers: [first] }) => first?.reason ?? "",
    },
    "no notifications yet",
  );
}
