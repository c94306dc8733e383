import type { Collections } from "../collections.ts";

/** A process dies at its n-th step in the database, before it or when it is done but not answered yet. */
export interface Death {
  atStep: number;
  isDone: boolean;
}

/** The collections of a process that may die. */
export interface CrashingCollections {
  collections: Collections;
  /** Waits for what the process does; its death is no error. */
  live(work: Promise<unknown>): Promise<void>;
}

const STEPS = new Set([
  "findOne",
  "insertOne",
  "updateOne",
  "updateMany",
  "bulkWrite",
  "deleteMany",
]);

type Work = () => Promise<unknown>;

/** Collections whose every command is a step that waits for its turn, and at one of which the process dies. */
export function crashingCollections(
  collections: Collections,
  {
    death,
    step,
  }: { death: Death | undefined; step: (work: Work, index: number) => Promise<unknown> },
): CrashingCollections {
  const killed = new Error("killed");
  let steps = 0;
  let isDead = false;

  async function take(work: Work): Promise<unknown> {
    if (isDead) throw killed;
    const index = steps;
    const isLast = index === death?.atStep;
    steps += 1;
    return step(async () => {
      if (isLast) isDead = true;
      if (isLast && !death?.isDone) throw killed;
      const answer = await work();
      if (isLast) throw killed;
      return answer;
    }, index);
  }

  const mortal = <T extends object>(collection: T): T =>
    new Proxy(collection, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== "function") return member;
        const method = member as (...given: unknown[]) => unknown;
        if (STEPS.has(String(name)))
          return (...given: unknown[]) => take(async () => method.apply(target, given));
        if (name !== "find") return method.bind(target);
        return (...given: unknown[]) => {
          const cursor = method.apply(target, given) as { toArray: Work };
          const toArray = cursor.toArray.bind(cursor);
          cursor.toArray = () => take(toArray);
          return cursor;
        };
      },
    });

  return {
    collections: {
      ...collections,
      budgets: mortal(collections.budgets),
      reservations: mortal(collections.reservations),
    },
    async live(work) {
      try {
        await work;
      } catch (error) {
        if (error !== killed) throw error;
      }
    },
  };
}
