import type { Tracing } from "@call-log/dispatcher";
import type { OnCommand } from "@call-log/store";

/** Makes spans of the database's commands, within the span that is active; what runs by itself, such as a look for changes, has none. */
export function commandSpan(tracing: Tracing): OnCommand {
  return ({ name, collection, database }) => {
    if (tracing.active() === undefined) return undefined;
    const attributes = {
      "db.system.name": "mongodb",
      "db.operation.name": name,
      "db.collection.name": collection,
      "db.namespace": database,
    };
    const title = collection === undefined ? name : `${name} ${collection}`;
    const span = tracing.begin({ name: title, kind: "client", attributes });
    return (errorName) => {
      if (errorName !== undefined) span.fail(errorName);
      span.end();
    };
  };
}
