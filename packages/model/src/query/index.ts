export {
  auditCountInput,
  auditListInput,
  type AuditListQuery,
  type AuditQueryInput,
} from "./audit-input.ts";
export {
  type Bounds,
  type Filter,
  type Operand,
  propertiesOf,
  type Test,
  type TextPosition,
} from "./filter.ts";
export { BUCKET_SIZES, type BucketSize, type BucketSizeName } from "./bucket-size.ts";
export { histogramInput, type HistogramQuery } from "./histogram-input.ts";
export {
  countInput,
  itemInput,
  listInput,
  type ListQuery,
  queryInput,
  selectInput,
  sortInput,
} from "./list-input.ts";
export { liveInput } from "./live-input.ts";
export { isShownMasked, maskedCallLog } from "./masked-call-log.ts";
export {
  LOGICAL_OPERATORS,
  type LogicalOperatorName,
  MONGO_OPERATORS,
  type MongoOperator,
  type MongoOperatorName,
} from "./mongo-operators.ts";
export { type Operator, OPERATOR_NAMES, type OperatorName, OPERATORS } from "./operators.ts";
export { PAGE, pageParameters } from "./page.ts";
export { allQuerySchemas } from "./query-languages.ts";
export { type CallLogView, type FetchedCallLog, presentCallLog } from "./present-call-log.ts";
export type { QueryInput } from "./query-type.ts";
export { quoted } from "./query-issue.ts";
export type { SelectInput, Selection } from "./select.ts";
export { parseSort, type SortInput, type SortKey } from "./sort.ts";
export {
  STATS_DIMENSIONS,
  type StatsDimension,
  statsInput,
  type StatsQuery,
} from "./stats-input.ts";
