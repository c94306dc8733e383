import type { Collection, Db, Document } from "mongodb";

/** A command that is sent to the database: what it does to which collection, nothing of what it holds. */
export interface DatabaseCommand {
  name: string;
  /** Absent for a command about no collection. */
  collection?: string;
  database: string;
}

/** Called when a command is sent; what it returns is called at its end, with the name of the error where it failed. */
export type OnCommand = (command: DatabaseCommand) => ((errorName?: string) => void) | undefined;

/** The commands of the methods of a collection. A look for changes is none: it never ends. */
const COMMANDS = {
  findOne: "find",
  insertOne: "insert",
  insertMany: "insert",
  updateOne: "update",
  updateMany: "update",
  replaceOne: "update",
  deleteOne: "delete",
  deleteMany: "delete",
  bulkWrite: "bulkWrite",
  findOneAndUpdate: "findAndModify",
  findOneAndReplace: "findAndModify",
  findOneAndDelete: "findAndModify",
  countDocuments: "aggregate",
  estimatedDocumentCount: "count",
  distinct: "distinct",
} as const satisfies { [M in keyof Collection]?: string };

/** Methods of a collection that return a cursor, which sends their command when it is read. */
const CURSORS = ["find", "aggregate"] as const satisfies (keyof Collection)[];

/** Methods of a cursor that read it. */
const READS = ["toArray", "next", "tryNext", "hasNext", "forEach"] as const;

type Method = (...given: unknown[]) => unknown;
/** A method that sends a command. */
type Sender = (...given: unknown[]) => Promise<unknown>;

/**
 * A database whose commands are watched, at the methods that send them. The driver's own command monitoring decodes every answer a second time
 * (docs/guides/traces.md).
 */
export function watchCommands(database: Db, onCommand: OnCommand): Db {
  const { databaseName } = database;
  const watched: Db = withMethods(database, {
    command: (command: Document, ...given: never[]) => {
      const [name = "", of] = Object.entries(command)[0] ?? [];
      const about = typeof of === "string" ? { collection: of } : {};
      const watch = { onCommand, command: { name, database: databaseName, ...about } };
      return during(watch, () => database.command(command, ...given));
    },
    collection: (name: string) => {
      const of = database.collection(name);
      return withMethods(of, {
        db: watched,
        ...collectionMethods(of, { onCommand, database: databaseName }),
      });
    },
  });
  return watched;
}

interface Watch {
  onCommand: OnCommand;
  command: DatabaseCommand;
}

function collectionMethods(
  of: Collection,
  { onCommand, database }: { onCommand: OnCommand; database: string },
): Record<string, Method> {
  const watch = (name: string) => ({
    onCommand,
    command: { name, collection: of.collectionName, database },
  });
  const commands = Object.entries(COMMANDS).map(([name, command]) => {
    const send = methodOf(of, name) as Sender;
    const watching = watch(command);
    return [name, (...given: unknown[]) => during(watching, () => send(...given))] as const;
  });
  const cursors = CURSORS.map((name) => {
    const method = methodOf(of, name);
    const watching = watch(name);
    return [name, (...given: unknown[]) => watchedCursor(method(...given), watching)] as const;
  });
  return Object.fromEntries([...commands, ...cursors]);
}

function watchedCursor(found: unknown, watch: Watch) {
  const cursor = found as AsyncIterable<unknown>;
  const reads = READS.map((name) => {
    const send = methodOf(cursor, name) as Sender;
    return [name, (...given: unknown[]) => during(watch, () => send(...given))] as const;
  });
  return withMethods(cursor, {
    ...Object.fromEntries(reads),
    [Symbol.asyncIterator]: () => readThrough(cursor, watch),
  });
}

async function* readThrough(cursor: AsyncIterable<unknown>, { onCommand, command }: Watch) {
  const onEnd = onCommand(command);
  let errorName: string | undefined;
  try {
    yield* cursor;
  } catch (error) {
    errorName = nameOf(error);
    throw error;
  } finally {
    onEnd?.(errorName);
  }
}

function during({ onCommand, command }: Watch, send: () => Promise<unknown>): Promise<unknown> {
  const onEnd = onCommand(command);
  const answer = send();
  // The answer itself is given on: an async function around it would make two promises more for each command.
  if (onEnd !== undefined)
    void answer.then(
      () => onEnd(),
      (error: unknown) => onEnd(nameOf(error)),
    );
  return answer;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function methodOf(of: object, name: string): Method {
  return (Reflect.get(of, name) as Method).bind(of);
}

/** The same object but for these members. */
function withMethods<T extends object>(of: T, members: object): T {
  return new Proxy(of, {
    get: (target, key): unknown => Reflect.get(Object.hasOwn(members, key) ? members : target, key),
  });
}
