import {
  type CallLogView,
  listInput,
  presentCallLog,
  type QueryInput,
  type SelectInput,
} from "@call-log/model";
import type { CallReader } from "@call-log/store";

/** Most calls that a page of a person or an incident is made of. */
export const MOST_CALLS = 200;

/** What the sentence on a call, and the sums over calls, need of each. */
const SELECT = {
  createdAt: true,
  toNumber: true,
  status: true,
  statusMessage: true,
  waitsFor: true,
  waitsUntil: true,
  acknowledgedAt: true,
  callCostInUSDCents: true,
  pricing: true,
  retryOf: true,
  attempts: true,
  incident: { title: true },
  user: { name: true, email: true },
} as const satisfies SelectInput;

/** Calls as their page tells them, and how many match in all. */
export interface Stories {
  calls: CallLogView[];
  count: number;
}

interface StorySearch {
  projectId: string;
  query: QueryInput;
  /** By `createdAt`. */
  direction: 1 | -1;
}

/** The first calls that match, as the reader's key may see them; FORBIDDEN for a query by what it may not see. */
export async function readStories(
  reader: Pick<CallReader, "list">,
  { projectId, query, direction }: StorySearch,
): Promise<Stories> {
  const parsed = listInput.parse({ query, select: SELECT, sort: { createdAt: direction } });
  const input = { ...parsed, limit: MOST_CALLS };
  const { data, count } = await reader.list({ projectId, input });
  return { count, calls: data.map((call) => lean(presentCallLog(call, input.select))) };
}

// Of the events only those that say who acted.
function lean(call: CallLogView): CallLogView {
  const attempts = (call.attempts ?? []).map((attempt) => ({
    ...attempt,
    events: attempt.events.filter(({ by }) => by !== undefined),
  }));
  return { ...call, attempts };
}
