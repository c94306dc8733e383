import type { CallLog, PropertyName } from "../../call/call-log.ts";
import type { SnapshotColumn } from "../../call/relation.ts";
import type { SelectableRelation } from "../select/select.ts";

type Wrapper = "ObjectID" | "DateTime" | "Phone";
type Wrapped = { _type: Wrapper; value: string };

/** A single value in a query, by the type that the property has when it is read. */
type ValueInput<V> = V extends Date
  ? string | Date | Wrapped
  : V extends number
    ? number | `${number}`
    : V extends boolean
      ? boolean
      : string | Wrapped;

type ScalarOperatorName =
  | "EqualTo"
  | "NotEqual"
  | "EqualToOrNull"
  | "GreaterThan"
  | "GreaterThanOrEqual"
  | "LessThan"
  | "LessThanOrEqual"
  | "GreaterThanOrNull"
  | "LessThanOrNull";

type TextOperatorName = "Search" | "StartsWith" | "EndsWith" | "NotContains";

/** `Search` in several fields; it may stand under any key. */
interface MultiSearchInput {
  _type: "MultiSearch";
  value: string;
  fields: readonly string[];
}

/** An operator `{"_type": …}` on a property with such values. */
export type OperatorInput<V> =
  | { _type: ScalarOperatorName; value: V }
  | { _type: "InBetween"; startValue: V; endValue: V }
  | { _type: "Includes" | "IncludesNone"; value: readonly (V | null)[] }
  | { _type: "IncludesAll"; value: readonly V[] }
  | { _type: "IsNull" | "NotNull"; value?: null }
  | { _type: TextOperatorName; value: string }
  | MultiSearchInput;

/** MongoDB's own operators on a property with such values. */
interface MongoOperatorInput<V> {
  $eq?: V | null;
  $ne?: V | null;
  $gt?: V;
  $gte?: V;
  $lt?: V;
  $lte?: V;
  $in?: readonly (V | null)[];
  $nin?: readonly (V | null)[];
  $exists?: boolean;
  $all?: readonly V[];
  $size?: number;
  $not?: MongoOperatorInput<V>;
  $elemMatch?: MongoOperatorInput<V> | { readonly [name: string]: ConditionInput<JsonValue> };
}

type JsonValue = string | number | boolean;

/** A condition on a property with such values: a value, null, any of several, or operators. */
type ConditionInput<V> =
  | V
  | null
  | readonly (V | null)[]
  | OperatorInput<V>
  | MongoOperatorInput<V>;

/** Conditions on callData, per key; keys may nest. */
interface JsonConditionInput {
  readonly [key: string]:
    | ConditionInput<JsonValue>
    | JsonConditionInput
    | readonly JsonConditionInput[];
}

type RelationConditionInput =
  | ConditionInput<string | Wrapped>
  | ({ _id?: ConditionInput<string | Wrapped> } & {
      [C in SnapshotColumn]?: ConditionInput<string> | ConditionInput<number>;
    });

type PropertyConditionInput<P extends PropertyName> = P extends SelectableRelation
  ? RelationConditionInput
  : P extends "callData"
    ? JsonConditionInput | null
    : P extends "attempts"
      ? ConditionInput<never>
      : P extends "tags"
        ? ConditionInput<string>
        : ConditionInput<ValueInput<NonNullable<CallLog[P]>>>;

/** A query as a caller writes it: conditions by property, all of which must hold. */
export type QueryInput = {
  [P in PropertyName]?: PropertyConditionInput<P>;
} & {
  $and?: readonly QueryInput[];
  $or?: readonly QueryInput[];
  $nor?: readonly QueryInput[];
  search?: MultiSearchInput;
} & {
  [path in `${"callData" | "attempts" | SelectableRelation}.${string}`]?: ConditionInput<JsonValue>;
};
