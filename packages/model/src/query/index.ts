export {
  auditCountInput,
  auditListInput,
  type AuditCountQuery,
  type AuditListQuery,
  type AuditQueryInput,
} from "./inputs/audit-input.ts";
export {
  type Bounds,
  type Filter,
  type Operand,
  propertiesOf,
  type Test,
  type TextPosition,
} from "./conditions/filter.ts";
export { BUCKET_SIZES, type BucketSize, type BucketSizeName } from "./inputs/bucket-size.ts";
export {
  FIGURE_DIMENSIONS,
  type FigureDimension,
  figureDimension,
  figuresInput,
  type FiguresQuery,
} from "./inputs/figures-input.ts";
export { histogramInput, type HistogramQuery } from "./inputs/histogram-input.ts";
export {
  countInput,
  itemInput,
  listInput,
  type ListQuery,
  queryInput,
  selectInput,
  sortInput,
} from "./inputs/list-input.ts";
export { liveInput } from "./inputs/live-input.ts";
export {
  followInput,
  WAIT_RESULTS,
  WAIT_SECONDS,
  waitInput,
  type WaitResult,
} from "./inputs/wait-input.ts";
export { isShownMasked, maskedCallLog } from "./views/masked-call-log.ts";
export {
  LOGICAL_OPERATORS,
  type LogicalOperatorName,
  MONGO_OPERATORS,
  type MongoOperator,
  type MongoOperatorName,
} from "./conditions/mongo-operators.ts";
export {
  type Operator,
  OPERATOR_NAMES,
  type OperatorName,
  OPERATORS,
} from "./conditions/operators.ts";
export { PAGE, pageParameters } from "./inputs/page.ts";
export { allQuerySchemas } from "./query-schemas.ts";
export { type CallLogView, type FetchedCallLog, presentCallLog } from "./views/present-call-log.ts";
export type { QueryInput } from "./conditions/query-type.ts";
export { quoted } from "./conditions/query-issue.ts";
export {
  columnsOf,
  type SelectableRelation,
  type SelectInput,
  type Selection,
} from "./select/select.ts";
export { parseSort, type SortInput, type SortKey } from "./select/sort.ts";
export {
  STATS_DIMENSIONS,
  type StatsDimension,
  statsInput,
  type StatsQuery,
} from "./inputs/stats-input.ts";
