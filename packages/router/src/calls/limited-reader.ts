import { CallLogError } from "@call-log/model";
import type { CallReader } from "@call-log/store";

/** Sums of one project computed at a time, so that one project cannot occupy the database. */
const AT_A_TIME = 2;
/** Sums of one project that may wait. */
const MOST_WAITING = 20;
const RETRY_AFTER_SECONDS = 5;

/** A reader that computes a few sums at a time for each project. Throws TOO_MANY_REQUESTS when too many wait. */
export function limitedReader(reader: CallReader): CallReader {
  const projects = new Map<string, { underWay: number; waiting: (() => void)[] }>();

  async function inTurn<T>(projectId: string, read: () => Promise<T>): Promise<T> {
    const own = projects.get(projectId) ?? { underWay: 0, waiting: [] };
    projects.set(projectId, own);
    if (own.waiting.length >= MOST_WAITING)
      throw new CallLogError(
        "TOO_MANY_REQUESTS",
        `This project may ask for ${AT_A_TIME + MOST_WAITING} sums at a time. Try again in ${RETRY_AFTER_SECONDS} seconds.`,
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      );
    // A finished sum passes its turn on.
    if (own.underWay < AT_A_TIME) own.underWay += 1;
    else await new Promise<void>((resolve) => own.waiting.push(resolve));
    try {
      return await read();
    } finally {
      const next = own.waiting.shift();
      if (next !== undefined) next();
      else own.underWay -= 1;
      if (own.underWay === 0) projects.delete(projectId);
    }
  }

  return {
    ...reader,
    stats: (search) => inTurn(search.projectId, () => reader.stats(search)),
    figures: (search) => inTurn(search.projectId, () => reader.figures(search)),
    histogram: (search) => inTurn(search.projectId, () => reader.histogram(search)),
    search: (search) => inTurn(search.projectId, () => reader.search(search)),
  };
}
