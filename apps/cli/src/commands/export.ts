import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, exportCalls } from "@call-log/export";
import { type Acting, issueText, propertiesOf, queryInput } from "@call-log/model";
import { createCallReader, type Store } from "@call-log/store";
import { z } from "zod";

import { CliError, usageError } from "../cli-error.ts";
import { defineCommand, type CommandContext } from "../command.ts";
import { parseJsonOption, reasonOf } from "../json-option.ts";
import { startProgress, type Progress } from "../progress.ts";
import { chosenProject, withStore } from "../with-store.ts";

/** Longest time for one page, in milliseconds; nobody waits behind an export. */
const PAGE_TIME_LIMIT_MS = 60_000;

const options = z.strictObject({
  project: z.string().optional(),
  format: z
    .enum(EXPORT_FORMAT_NAMES, { error: `must be one of: ${EXPORT_FORMAT_NAMES.join(", ")}` })
    .default("jsonl"),
  query: z.string().optional(),
  output: z.string().optional(),
});

type ExportCommandOptions = z.output<typeof options>;

/** `export`: call logs with every property, oldest first. */
export const exportCommand = defineCommand({
  name: "export",
  summary: "Export call logs, oldest first, to standard output or a file",
  declare: (command) =>
    command
      .option("--project <id>", "the project; the only one when absent")
      .option("--format <format>", EXPORT_FORMAT_NAMES.join(", "), "jsonl")
      .option("--query <json>", "conditions as in the REST API")
      .option("--output <path>", "a file; it appears when all is written"),
  options,
  run: (given, context) =>
    withStore(context, (store, acting) => runExport(given, { store, acting }, context)),
});

async function runExport(
  given: ExportCommandOptions,
  { store, acting }: { store: Store; acting: Acting },
  context: CommandContext,
) {
  const query = parseQueryOption(given.query);
  const { _id: projectId } = await chosenProject(store, given.project);
  const { signal, stdout } = context.terminal;
  const facts = { format: given.format, filteredBy: propertiesOf(query) };
  await store.audit.write({ act: "calls.export", acting, projectId, facts });
  let progress: Progress | undefined;
  let rows = 0;
  const calls = exportCalls({
    reader: createCallReader(store.collections, { timeLimitMs: PAGE_TIME_LIMIT_MS }),
    projectId,
    query,
    signal,
    onPage(read, total) {
      progress ??= startProgress(total, context);
      rows = read;
      progress.update(read, read);
    },
  });
  const write = (sink: Writable, end: boolean) =>
    pipeline(Readable.from(calls), EXPORT_FORMATS[given.format](), sink, { end });
  try {
    if (given.output === undefined) await write(stdout, false);
    else await writeWhole(given.output, (sink) => write(sink, true), signal);
  } finally {
    progress?.stop();
  }
  if (signal.aborted)
    throw new CliError(`stopped after ${rows} call logs; the export is not whole`);
  if (given.output === undefined) {
    context.say(`${rows} call logs exported`);
    return undefined;
  }
  return {
    json: { exported: rows, output: given.output },
    text: `${rows} call logs exported to ${given.output}`,
  };
}

function parseQueryOption(query: string | undefined) {
  const parsed = queryInput.safeParse(
    query === undefined ? null : parseJsonOption("--query", query),
  );
  if (parsed.success) return parsed.data;
  throw usageError(`--query: ${issueText(parsed.error, "query")}`);
}

// A part of an export must not be taken for the whole.
async function writeWhole(
  path: string,
  write: (sink: Writable) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const part = `${path}.part`;
  try {
    await write(createWriteStream(part, { mode: 0o600 }));
    if (!signal.aborted) return await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && "syscall" in error)
      throw new CliError(`--output: ${path} can't be written: ${reasonOf(error)}`, {
        cause: error,
      });
    throw error;
  }
  await rm(part, { force: true });
}
