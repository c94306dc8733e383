import type { PipelineEnvironment } from "../aggregation/pipeline-environment.ts";
import { preparePipeline, runPipeline } from "../aggregation/prepared-pipeline.ts";
import { encode, encodeCursorReply } from "../bson-bytes.ts";
import { asDocument } from "../bson-type.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { arrayField, countField, documentField } from "../command-fields.ts";
import { CommandError, unsupported } from "../errors.ts";
import { collected, streamDocuments } from "../find-documents.ts";
import type { View } from "../storage.ts";
import { onOneState, type Work } from "../turns.ts";

const DEFAULT_BATCH_SIZE = 101;

/** Runs a pipeline on a collection. */
export async function aggregate(context: CommandContext): Promise<CommandReply> {
  const { command, database, catalog, cursors, turns } = context;
  const name: unknown = command["aggregate"];
  if (typeof name !== "string") throw unsupported("aggregate without a collection");
  if (asDocument(command["cursor"]) === undefined) {
    throw new CommandError(
      "FailedToParse",
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const namespace = `${database}.${name}`;
  const encoded = await turns.run(onOneState(catalog, (view) => run(context, name, view)));
  const batchSize = countField(documentField(command, "cursor"), "batchSize", DEFAULT_BATCH_SIZE);
  const batch = cursors.open(namespace, encoded, { batchSize, single: false });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

function* run(
  { catalog, command, database, deadline }: CommandContext,
  name: string,
  view: View,
): Work<Uint8Array[]> {
  const environment: PipelineEnvironment = {
    deadline,
    aggregate: (coll, stages) => runPipeline(present(coll), preparePipeline(stages), environment),
  };
  const present = (coll: string) => catalog.read(`${database}.${coll}`, view);
  const pipeline = preparePipeline(arrayField(command, "pipeline"));
  if (pipeline.count === undefined && pipeline.stages.length === 0)
    return yield* collected(
      streamDocuments(present(name), pipeline.query, environment),
      ({ bytes }) => bytes,
    );
  const results = yield* runPipeline(present(name), pipeline, environment);
  return results.map((result) => encode(result));
}
