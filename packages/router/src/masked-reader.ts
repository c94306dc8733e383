import {
  CallLogError,
  type Filter,
  isAllowed,
  mayHoldNumber,
  permissionsFor,
  type SortKey,
  type Test,
  withMaskedNumbers,
} from "@call-log/model";
import type { Authenticated, CallReader } from "@call-log/store";

/** A question that may be about numbers. */
interface Question {
  query?: Filter;
  sort?: readonly SortKey[];
}

/** A request to a reader, whichever of its methods it is for. */
type Request = Question & { input?: Question };
type Whose = Pick<Authenticated, "permissions">;

/**
 * The reader for whoever asks. For a key that may read but not see numbers, every answer has them masked, whatever method gave it, and
 * a filter, a search or an order on what is masked is FORBIDDEN, since answers to it would tell the number.
 */
export function readerFor(reader: CallReader, identity: Whose): CallReader {
  if (isAllowed(identity.permissions, "see-numbers")) return reader;
  return new Proxy(reader, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (request: Request, ...rest: unknown[]) => {
        for (const question of [request, request.input ?? {}])
          requireAllowedQuestion(question, identity);
        const answer: unknown = Reflect.apply(method, target, [request, ...rest]);
        return isAsyncIterable(answer)
          ? maskedEach(answer)
          : Promise.resolve(answer).then(withMaskedNumbers);
      };
    },
  });
}

/** Throws FORBIDDEN for a question about numbers by a key that may not see them, and names the permission that it needs. */
export function requireAllowedQuestion(
  { query, sort = [] }: Question,
  { permissions }: Whose,
): void {
  if (isAllowed(permissions, "see-numbers")) return;
  const asked = [...(query === undefined ? [] : pathsOf(query)), ...sort.map(({ path }) => path)];
  const path = asked.find(mayHoldNumber);
  if (path === undefined) return;
  throw new CallLogError(
    "FORBIDDEN",
    `The ApiKey sees phone numbers masked, so it may not search or sort by ${path}. That needs one of the permissions: ${permissionsFor("see-numbers").join(", ")}.`,
  );
}

function pathsOf(filter: Filter): string[] {
  return filter.kind === "leaf"
    ? [filter.path, ...pathsIn(filter.test)]
    : filter.filters.flatMap(pathsOf);
}

function pathsIn(test: Test): string[] {
  if (test.kind === "elementWhere") return pathsOf(test.filter);
  return test.kind === "not" || test.kind === "element" ? test.tests.flatMap(pathsIn) : [];
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function* maskedEach(answers: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const answer of answers) yield withMaskedNumbers(answer);
}
