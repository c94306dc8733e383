import type { Collections } from "../collections.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Progress of a migration. */
export interface MigrationState {
  number: number;
  title: string;
  /** Absent while it is not finished. */
  finishedAt?: Date;
  /** True for a migration of a newer release. */
  isNewer: boolean;
  /** True when workers make it in parts and nothing waits for its end. */
  inBackground?: true;
}

/** Every migration of this release, and those that a newer one has run, in their order. */
export async function migrationStates({
  migrations,
}: Pick<Collections, "migrations">): Promise<MigrationState[]> {
  const present = new Map((await migrations.find().toArray()).map((one) => [one._id, one]));
  const own = MIGRATIONS.map(({ number, title, runPart }) => ({
    number,
    title,
    isNewer: false,
    ...(runPart && { inBackground: true as const }),
  }));
  const newest = own.at(-1)?.number ?? 0;
  const newer = [...present.values()]
    .filter(({ _id }) => _id > newest)
    .map(({ _id, title }) => ({ number: _id, title, isNewer: true }));
  return [...own, ...newer]
    .toSorted((a, b) => a.number - b.number)
    .map((one) => {
      const finishedAt = present.get(one.number)?.finishedAt;
      return { ...one, ...(finishedAt && { finishedAt }) };
    });
}
