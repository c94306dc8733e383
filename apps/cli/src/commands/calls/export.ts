import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, exportCalls, exportColumns } from "@call-log/export";
import { type Acting, issueText, propertiesOf, queryInput } from "@call-log/model";
import { type Store } from "@call-log/store";
import { z } from "zod";

import { accessOptions, type ApiAccess, apiAccess, declareAccess } from "../../access/access.ts";
import { chosenProject, withStore } from "../../access/with-store.ts";
import { openRemoteExport } from "../../calls/remote-export.ts";
import { CliError, usageError } from "../../cli-error.ts";
import { defineCommand, type CommandContext } from "../../command.ts";
import { writeAtomicFile } from "../../output/atomic-file.ts";
import { startProgress } from "../../output/progress.ts";
import { parseJsonOption } from "../options/json-option.ts";

/** Longest time for one page, in milliseconds; nobody waits behind an export. */
const PAGE_TIME_LIMIT_MS = 60_000;

const options = z.strictObject({
  ...accessOptions,
  format: z
    .enum(EXPORT_FORMAT_NAMES, { error: `must be one of: ${EXPORT_FORMAT_NAMES.join(", ")}` })
    .default("jsonl"),
  excel: z.boolean().default(false),
  columns: exportColumns.optional(),
  query: z.string().optional(),
  output: z.string().optional(),
});

type ExportCommandOptions = z.output<typeof options>;

/** `export`: call logs with every property, oldest first. */
export const exportCommand = defineCommand({
  name: "export",
  summary: "Export call logs, oldest first, to standard output or a file",
  declare: (command) =>
    declareAccess(command)
      .option("--format <format>", EXPORT_FORMAT_NAMES.join(", "), "jsonl")
      .option("--excel", "CSV with a byte order mark, by which Excel knows UTF-8")
      .option("--columns <names>", "CSV with these columns alone: _id,status,incident.title")
      .option("--query <json>", "conditions as in the REST API")
      .option("--output <path>", "a file; it appears when all is written"),
  options,
  run: async (given, context) => {
    if (given.format !== "csv" && (given.excel || given.columns !== undefined))
      throw usageError(`--${given.excel ? "excel" : "columns"}: goes with --format csv only`);
    const query = parseQueryOption(given.query);
    const api = await apiAccess(given, context);
    if (api !== undefined) return runRemote(given, api, context);
    return withStore(context, (store, acting) =>
      runLocal(given, { store, acting, query }, context),
    );
  },
});

async function runRemote(given: ExportCommandOptions, api: ApiAccess, context: CommandContext) {
  const { format, query, columns, excel, output } = given;
  const { signal } = context.terminal;
  const parameters = {
    query,
    columns: columns?.join(","),
    excel: excel ? "true" : undefined,
  };
  const text = await openRemoteExport(api, { format, parameters, signal });
  await writeTo(output, context, (sink, end) => pipeline(text, sink, { end }));
  if (output === undefined) return undefined;
  return { json: { output }, text: `call logs exported to ${output}` };
}

interface LocalExport {
  store: Store;
  acting: Acting;
  query: z.output<typeof queryInput>;
}

async function runLocal(
  given: ExportCommandOptions,
  { store, acting, query }: LocalExport,
  context: CommandContext,
) {
  const { _id: projectId } = await chosenProject(store, given.project);
  const { signal } = context.terminal;
  const { format, excel, columns, output } = given;
  const facts = { format, filteredBy: propertiesOf(query) };
  await store.audit.write({ act: "calls.export", acting, projectId, facts });
  const reader = store.createReader({ timeLimitMs: PAGE_TIME_LIMIT_MS });
  const { count, countedFrom } = await reader.count({ projectId, query, inParts: true });
  const progress = startProgress(countedFrom === undefined ? count : undefined, context);
  let rows = 0;
  const onPage = (read: number) => {
    rows = read;
    progress.update(read, read);
  };
  const calls = exportCalls({ reader, projectId, query, signal, onPage });
  try {
    await writeTo(output, context, (sink, end) =>
      pipeline(Readable.from(calls), EXPORT_FORMATS[format]({ excel, columns }), sink, { end }),
    );
  } finally {
    progress.stop();
  }
  if (signal.aborted)
    throw new CliError(`stopped after ${rows} call logs; the export is not whole`);
  if (output === undefined) {
    context.say(`${rows} call logs exported`);
    return undefined;
  }
  return {
    json: { exported: rows, output },
    text: `${rows} call logs exported to ${output}`,
  };
}

async function writeTo(
  output: string | undefined,
  { terminal: { stdout, signal } }: CommandContext,
  write: (sink: Writable, end: boolean) => Promise<void>,
): Promise<void> {
  if (output === undefined) await write(stdout, false);
  else await writeAtomicFile(output, (sink) => write(sink, true), signal);
}

function parseQueryOption(query: string | undefined) {
  const parsed = queryInput.safeParse(
    query === undefined ? null : parseJsonOption("--query", query),
  );
  if (parsed.success) return parsed.data;
  throw usageError(`--query: ${issueText(parsed.error, "query")}`);
}
