import { type Collection, type Document, MongoServerError } from "mongodb";

/** A collection whose database finds nothing in time in a longer time of `createdAt` than this, in milliseconds, but the ends of all. */
export function ofSlowDatabase<T extends Document>(
  collection: Collection<T>,
  longestMs: number,
): Collection<T> {
  const requireFast = (filter: Document) => {
    const isEnd = Object.keys(filter).length === 1 && filter["$and"] === undefined;
    if (!isEnd && lengthOf(filter) > longestMs) throw timeLimit();
  };
  return new Proxy(collection, {
    get(target, name) {
      if (name === "db") return { command: () => Promise.reject(timeLimit()) };
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (name === "aggregate") throw timeLimit();
        if (name === "find" || name === "countDocuments") requireFast(given[0] as Document);
        return (value as (...all: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}

function lengthOf(filter: Document): number {
  const last = ((filter["$and"] ?? []) as Document[]).at(-1)?.["createdAt"] as Document | undefined;
  const { $gte: from, $lt: to } = last ?? {};
  return from instanceof Date && to instanceof Date
    ? to.getTime() - from.getTime()
    : Number.POSITIVE_INFINITY;
}

function timeLimit(): MongoServerError {
  return new MongoServerError({ code: 50, message: "operation exceeded time limit" });
}
