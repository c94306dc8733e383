import type { PipelineEnvironment } from "../aggregation/pipeline-environment.ts";
import { preparePipeline, runPipeline } from "../aggregation/prepared-pipeline.ts";
import { encode, encodeCursorReply } from "../bson-bytes.ts";
import { asDocument } from "../bson-type.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { arrayField, countField, documentField } from "../command-fields.ts";
import { CommandError, unsupported } from "../errors.ts";
import { findDocuments } from "../find-documents.ts";

const DEFAULT_BATCH_SIZE = 101;

/** Runs a pipeline on a collection. */
export function aggregate(context: CommandContext): CommandReply {
  const { command, database, cursors } = context;
  const name: unknown = command["aggregate"];
  if (typeof name !== "string") throw unsupported("aggregate without a collection");
  if (asDocument(command["cursor"]) === undefined) {
    throw new CommandError(
      "FailedToParse",
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const namespace = `${database}.${name}`;
  const encoded = run(context, name);
  const batchSize = countField(documentField(command, "cursor"), "batchSize", DEFAULT_BATCH_SIZE);
  const batch = cursors.open(namespace, encoded, { batchSize, single: false });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

function run({ catalog, command, database, deadline }: CommandContext, name: string): Uint8Array[] {
  const environment: PipelineEnvironment = {
    deadline,
    aggregate: (coll, stages) => runPipeline(present(coll), preparePipeline(stages), environment),
  };
  const present = (coll: string) => catalog.read(`${database}.${coll}`);
  const pipeline = preparePipeline(arrayField(command, "pipeline"));
  if (pipeline.count === undefined && pipeline.stages.length === 0)
    return findDocuments(present(name), pipeline.query, deadline).documents.map(
      ({ bytes }) => bytes,
    );
  return runPipeline(present(name), pipeline, environment).map((result) => encode(result));
}
