import {
  type CallRecord,
  columnsOf,
  type OutboxEvent,
  presentCallLog,
  PROPERTIES,
  RELATION_NAMES,
  type SelectableRelation,
  type Selection,
} from "@call-log/model";

const RELATIONS: readonly SelectableRelation[] = ["project", ...RELATION_NAMES];

/** Every property of a call log, as REST answers with all of them selected. */
const WHOLE: Selection = {
  properties: (Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[]).filter(
    (name): name is Selection["properties"][number] =>
      name !== "_id" && !(RELATIONS as readonly string[]).includes(name),
  ),
  relations: Object.fromEntries(RELATIONS.map((name) => [name, columnsOf(name)])),
};

/** The body of an event of a call: what happened, and the call log as it is when the event leaves it. */
export function callEventBody(
  { type, at, change }: OutboxEvent,
  record: CallRecord,
  project: { name: string } | undefined,
): string {
  const callLog = presentCallLog(record, WHOLE, project);
  const data = { projectId: record.projectId, callLog, change };
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
