import { ACCUMULATORS } from "./aggregation/accumulators.ts";
import { EXPRESSION_OPERATORS } from "./aggregation/expression.ts";
import { STAGES } from "./aggregation/pipeline.ts";
import { COMMANDS, GENERIC_FIELDS } from "./command-table.ts";
import { DELETE_FIELDS, UPDATE_FIELDS } from "./commands/write-commands.ts";
import { features } from "./feature-use.ts";
import { INDEX_OPTIONS } from "./index-spec.ts";
import { FIELD_OPERATORS, LOGICAL_OPERATORS } from "./parse-filter.ts";
import { PROJECTIONS } from "./projection.ts";
import { MODIFIERS } from "./update/parse-update.ts";
import { ALL_ELEMENTS } from "./update/update-path.ts";

/** Everything that this server supports, as `noteUse` publishes it. */
export const SUPPORTED_FEATURES: ReadonlySet<string> = new Set([
  ...features("command", Object.keys(COMMANDS)),
  ...features("option", prefixed("*", GENERIC_FIELDS)),
  ...Object.entries(COMMANDS).flatMap(([name, { fields }]) =>
    fields === "any" ? [] : features("option", prefixed(name, fields)),
  ),
  ...features("option", prefixed("update.updates", UPDATE_FIELDS)),
  ...features("option", prefixed("delete.deletes", DELETE_FIELDS)),
  ...features("filter", [...LOGICAL_OPERATORS, ...Object.keys(FIELD_OPERATORS)]),
  ...features("stage", Object.keys(STAGES)),
  ...features("expression", Object.keys(EXPRESSION_OPERATORS)),
  ...features("accumulator", Object.keys(ACCUMULATORS)),
  ...features("update", Object.keys(MODIFIERS)),
  ...features("path", [ALL_ELEMENTS]),
  ...features("projection", PROJECTIONS),
  ...features("index option", INDEX_OPTIONS),
]);

function prefixed(owner: string, fields: Iterable<string>): string[] {
  return Array.from(fields, (field) => `${owner}.${field}`);
}
