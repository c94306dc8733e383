import type { SpanStart, Tracing } from "@call-log/dispatcher";
import type { DatabaseCommand, OnCommand } from "@call-log/store";

/** Makes spans of the database's commands, within the span that is active; what runs by itself, such as a look for changes, has none. */
export function commandSpan(tracing: Tracing): OnCommand {
  // There are few of them, and each is sent often.
  const starts = new Map<string, SpanStart>();
  return (command) => {
    if (tracing.active() === undefined) return undefined;
    const { name, collection } = command;
    const title = collection === undefined ? name : `${name} ${collection}`;
    let start = starts.get(title);
    if (start === undefined) starts.set(title, (start = startOf(title, command)));
    const span = tracing.begin(start);
    return (errorName) => {
      if (errorName !== undefined) span.fail(errorName);
      span.end();
    };
  };
}

function startOf(title: string, { name, collection, database }: DatabaseCommand): SpanStart {
  const attributes = {
    "db.system.name": "mongodb",
    "db.operation.name": name,
    "db.collection.name": collection,
    "db.namespace": database,
  };
  return { name: title, kind: "client", attributes };
}
