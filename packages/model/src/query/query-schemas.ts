import { PROPERTIES, type PropertyName } from "../call/call-log.ts";
import { ROOT_SCOPE } from "./conditions/field.ts";
import { MAX_CONDITIONS } from "./conditions/mongo-operators.ts";
import { type Operator, OPERATORS } from "./conditions/operators.ts";
import { MAX_QUERY_DEPTH } from "./conditions/parse-query.ts";
import { type Language, querySchemas } from "./conditions/query-schema.ts";
import { AUDIT_SCOPE } from "./inputs/audit-scope.ts";
import { createSchemaSet, type JsonSchemas } from "./json-schema.ts";
import { QUERY_NAMES } from "./query-names.ts";
import { selectSchema, sortSchema } from "./select/select-schema.ts";

const LIMITS = `Conditions by name; all of them must hold. At most ${MAX_CONDITIONS} conditions in all, nested at most ${MAX_QUERY_DEPTH} levels deep. What is inside a property may be named by a dotted path, too.`;

const CALL_LOGS: Language = {
  name: QUERY_NAMES.callLogs,
  scope: ROOT_SCOPE,
  describe: (name) => PROPERTIES[name as PropertyName].description,
  about: {
    title: "Query",
    description: LIMITS,
    examples: Object.values<Operator>(OPERATORS).map(({ example }) => example),
  },
};

const AUDIT: Language = {
  name: QUERY_NAMES.audit,
  scope: AUDIT_SCOPE,
  about: {
    title: "Query on the audit trail",
    description: LIMITS,
    examples: [{ act: "project.update" }, { "actor.id": "01a21523-aaaa-719e-b2fb-9a8e9da2f264" }],
  },
};

/** The JSON Schemas of both query languages, of selections and of sort orders by name, with their parts. */
export function allQuerySchemas(): JsonSchemas {
  const set = createSchemaSet();
  for (const shape of [selectSchema, sortSchema]) set.input(shape);
  return { ...set.schemas, ...querySchemas(CALL_LOGS), ...querySchemas(AUDIT) };
}
