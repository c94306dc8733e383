import {
  type CallFigures,
  CallLogError,
  type Filter,
  isAllowed,
  isShownMasked,
  maskedCallLog,
  permissionsFor,
  type SortKey,
  type StatsDimension,
  type Test,
} from "@call-log/model";
import type { Authenticated, CallReader } from "@call-log/store";

/** A search over call logs. */
interface Question {
  query?: Filter;
  sort?: readonly SortKey[];
  /** Dimensions that sums are grouped by. */
  by?: readonly StatsDimension[];
}

type Whose = Pick<Authenticated, "permissions">;

/**
 * The reader for a key. One that may read but not see numbers gets each call log as `maskedCallLog` shows it, and FORBIDDEN for a filter, an
 * order or a grouping by what it does not see, since the answer would tell the value.
 */
export function maskedReader(reader: CallReader, identity: Whose): CallReader {
  if (isAllowed(identity.permissions, "see-numbers")) return reader;
  const allow = (question: Question) => requireVisibleFields(question, identity);
  return {
    async list(request) {
      allow(request.input);
      const page = await reader.list(request);
      return { ...page, data: page.data.map(maskedCallLog) };
    },
    async page(request) {
      allow(request.input);
      const page = await reader.page(request);
      return { ...page, data: page.data.map(maskedCallLog) };
    },
    async item(request) {
      const found = await reader.item(request);
      return found && maskedCallLog(found);
    },
    async among(request) {
      allow(request);
      return (await reader.among(request)).map(maskedCallLog);
    },
    async count(request) {
      allow(request);
      return reader.count(request);
    },
    async stats(request) {
      allow(request);
      return reader.stats(request);
    },
    async figures(request) {
      requireVisibleFields({ query: request.query }, identity);
      return withoutNames(await reader.figures(request));
    },
    async histogram(request) {
      allow(request);
      return reader.histogram(request);
    },
    health: (request) => reader.health(request),
    stuck: (request) => reader.stuck(request),
    pastCost: (request) => reader.pastCost(request),
    pastCalls: (request) => reader.pastCalls(request),
    search: (request) => reader.search({ ...request, isMasked: true }),
  };
}

/** Throws FORBIDDEN for a question of a masked key about what it does not see, and names the permission that it needs. */
export function requireVisibleFields(
  { query, sort = [], by = [] }: Question,
  { permissions }: Whose,
): void {
  if (isAllowed(permissions, "see-numbers")) return;
  const asked = [
    ...(query === undefined ? [] : pathsOf(query)),
    ...sort.map(({ path }) => path),
    ...(by.includes("tag") ? ["tags"] : []),
  ];
  const path = asked.find((one) => !isShownMasked(one));
  if (path === undefined) return;
  throw new CallLogError(
    "FORBIDDEN",
    `The ApiKey sees call logs masked, so it may not search, sort or group by ${path}. That needs one of the permissions: ${permissionsFor("see-numbers").join(", ")}.`,
  );
}

// Of people, the ids are left.
function withoutNames(figures: CallFigures): CallFigures {
  const { person } = figures.groups;
  if (person === undefined) return figures;
  const nameless = person.map(({ name: _hidden, ...group }) => group);
  return { ...figures, groups: { ...figures.groups, person: nameless } };
}

function pathsOf(filter: Filter, prefix = ""): string[] {
  if (filter.kind !== "leaf") return filter.filters.flatMap((one) => pathsOf(one, prefix));
  const path = prefix + filter.path;
  return [path, ...pathsIn(filter.test, path)];
}

function pathsIn(test: Test, path: string): string[] {
  if (test.kind === "elementWhere") return pathsOf(test.filter, `${path}.`);
  if (test.kind !== "not" && test.kind !== "element") return [];
  return test.tests.flatMap((one) => pathsIn(one, path));
}
