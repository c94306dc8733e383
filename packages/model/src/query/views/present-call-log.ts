import { publicAttempt } from "../../call/attempt.ts";
import type { CallLog } from "../../call/call-log.ts";
import type { Wire } from "../../value/timestamp.ts";
import {
  FIXED_PROPERTIES,
  type FixedProperty,
  type SelectableColumn,
  type SelectableRelation,
  type Selection,
} from "../select/select.ts";

/** A related object as it is answered: its id and the selected columns. */
export type RelationView = { _id: string } & { [C in SelectableColumn]?: string | number | null };

/** A call log as it is answered: `_id` and the selected properties; null stands for no value. */
export type CallLogView = { _id: string } & {
  [P in Exclude<keyof CallLog, "_id" | SelectableRelation>]?: Wire<NonNullable<CallLog[P]>> | null;
} & { [R in SelectableRelation]?: RelationView | null } & {
  [F in FixedProperty]?: (typeof FIXED_PROPERTIES)[F];
};

/** A call log as it was fetched: at least what the selection needs. */
export type FetchedCallLog = Partial<Omit<CallLog, "_id" | "project">> & { _id: string };

/** The selected properties of a call log in their wire form. The project is looked up by the caller, who knows it. */
export function presentCallLog(
  record: FetchedCallLog,
  { properties, relations, fixed = [] }: Selection,
  project?: { name: string },
): CallLogView {
  const view: Record<string, unknown> = { _id: record._id };
  for (const name of properties) view[name] = presentProperty(name, record);
  const stored: FetchedRelations = project === undefined ? record : { ...record, project };
  for (const [name, columns] of Object.entries(relations))
    view[name] = presentRelation(stored, name as SelectableRelation, columns);
  for (const name of fixed) view[name] = FIXED_PROPERTIES[name];
  return view as CallLogView;
}

type FetchedRelations = Omit<FetchedCallLog, "_id"> & { project?: { name: string } };

function presentProperty(name: Selection["properties"][number], record: FetchedCallLog): unknown {
  const value = record[name] ?? null;
  if (name === "callData") return value;
  return name === "attempts" ? (record.attempts?.map(presentAttempt) ?? null) : toWire(value);
}

const EVENT_NAMES = Object.keys(publicAttempt.shape.events.element.shape);
const ATTEMPT_NAMES = Object.keys(publicAttempt.shape).filter((name) => name !== "events");

// Only what the schema names.
function presentAttempt(stored: { events?: readonly object[] }): object {
  const view = only(ATTEMPT_NAMES, stored);
  if (stored.events) view["events"] = stored.events.map((event) => only(EVENT_NAMES, event));
  return view;
}

function only(names: readonly string[], stored: object): Record<string, unknown> {
  const values = stored as Readonly<Record<string, unknown>>;
  const view: Record<string, unknown> = {};
  for (const name of names) if (values[name] !== undefined) view[name] = toWire(values[name]);
  return view;
}

function presentRelation(
  record: FetchedRelations,
  name: SelectableRelation,
  columns: readonly SelectableColumn[],
): RelationView | null {
  const snapshot: { readonly [C in SelectableColumn | "_id"]?: string | number | undefined } =
    record[name] ?? {};
  const id = record[`${name}Id`] ?? snapshot._id;
  if (typeof id !== "string") return null;
  const chosen = columns.map((column) => [column, snapshot[column] ?? null]);
  return { _id: id, ...Object.fromEntries(chosen) } as RelationView;
}

function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toWire(inner)]));
}
