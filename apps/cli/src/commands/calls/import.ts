import { open } from "node:fs/promises";

import type { Acting } from "@call-log/model";
import type { Store } from "@call-log/store";
import { z } from "zod";

import { chosenProject, withStore } from "../../access/with-store.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand, type CommandContext } from "../../command.ts";
import { ENCODINGS } from "../../import/encoding.ts";
import {
  FILE_FORMAT_NAMES,
  FILE_FORMATS,
  fileFormatOf,
  requireEmptyList,
} from "../../import/file-format.ts";
import { importCalls } from "../../import/import-calls.ts";
import { emptyReport, type RefusedRow, reportText } from "../../import/import-report.ts";
import { openSource } from "../../import/open-source.ts";
import { sumImported } from "../../import/sum-imported.ts";
import { startProgress } from "../../output/progress.ts";
import { reasonOf } from "../options/json-option.ts";

const options = z.strictObject({
  file: z.string(),
  project: z.string().optional(),
  format: z
    .enum(FILE_FORMAT_NAMES, { error: `must be one of: ${FILE_FORMAT_NAMES.join(", ")}` })
    .optional(),
  encoding: z.enum(ENCODINGS, { error: `must be one of: ${ENCODINGS.join(", ")}` }).optional(),
  from: z.number().int().min(1, { error: "must be a row number, from 1" }).default(1),
  refusals: z.string().optional(),
});

type ImportCommandOptions = z.output<typeof options>;

/** `import`: calls that another system placed. */
export const importCommand = defineCommand({
  name: "import",
  summary: "Import call logs of OneUptime or of another call-log; again and again is harmless",
  declare: (command) =>
    command
      .argument(
        "<file>",
        "get-list answers or an array as JSON, JSON lines or CSV; - for standard input",
      )
      .option("--project <id>", "the project; the only one when absent")
      .option(
        "--format <format>",
        `${FILE_FORMAT_NAMES.join(", ")}; by default detected from the start of the file`,
      )
      .option(
        "--encoding <name>",
        `${ENCODINGS.join(", ")}; by default detected from the start of the file`,
      )
      .option("--from <row>", "go on with this row, after an import that stopped", Number)
      .option("--refusals <path>", "write every refused row to this file, as JSON lines"),
  options,
  run: (given, context) =>
    withStore(context, (store, acting) => runImport(given, { store, acting }, context)),
});

/** An import may take hours; after this time without its end, the audit trail says that it was interrupted. */
const GIVE_UP_AFTER_MS = 86_400_000;

async function runImport(
  given: ImportCommandOptions,
  { store, acting }: { store: Store; acting: Acting },
  context: CommandContext,
) {
  const project = await chosenProject(store, given.project);
  if (project.retentionDays !== undefined)
    context.say(
      `this project keeps call logs for ${project.retentionDays} days; older ones will not stay`,
    );
  const report = emptyReport();
  let readBytes = 0;
  const { file, encoding } = given;
  const onRead = (bytes: number) => void (readBytes = bytes);
  const source = await openSource({ file, encoding, onRead }, context.terminal);
  const refusals = await openRefusals(given.refusals);
  const progress = startProgress(source.sizeBytes, context);
  const { _id: projectId } = project;
  const begun = await store.audit.begin(
    { act: "calls.import", acting, projectId, facts: { from: given.from } },
    { giveUpAfterMs: GIVE_UP_AFTER_MS },
  );
  try {
    const format = given.format ?? fileFormatOf(source.head);
    await importCalls(FILE_FORMATS[format](source.stream, source.head), {
      calls: store.calls,
      projectId,
      from: given.from,
      report,
      signal: context.terminal.signal,
      async onBatch(refused) {
        await refusals.write(refused);
        progress.update(readBytes, report.read);
      },
    });
    if (report.settledRow === 0 && report.complete) requireEmptyList(format, source.head);
    if (report.imported > 0) await sumImported(store.rollups, context.terminal.signal);
  } catch (error) {
    context.say(reportText(report));
    throw error;
  } finally {
    progress.stop();
    await refusals.close();
    const { imported, present, refused } = report;
    await begun.complete({ imported, present, refused });
  }
  const isDone = report.complete && report.refused === 0;
  return { json: report, text: reportText(report), exitCode: isDone ? (0 as const) : (1 as const) };
}

async function openRefusals(path: string | undefined) {
  if (path === undefined) return { write: async () => {}, close: async () => {} };
  const file = await open(path, "w").catch((error: unknown) => {
    throw new CliError(`--refusals: ${path} can't be written: ${reasonOf(error)}`, {
      cause: error,
    });
  });
  return {
    write: (refused: RefusedRow[]) =>
      file.appendFile(refused.map((row) => `${JSON.stringify(row)}\n`).join("")),
    close: () => file.close(),
  };
}
