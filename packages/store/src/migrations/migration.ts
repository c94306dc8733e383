import type { Collections } from "../collections.ts";

/** One change of the stored data that a release needs. */
export interface Migration {
  /** Its number in the order; never reused. */
  number: number;
  /** What it changes, in words. */
  title: string;
  /** True when processes of older releases must not start on the database any more. */
  endsOlderReleases?: true;
  /**
   * Make the change before the start goes on. It may be run again after a crash, beside processes of the older release, so it changes
   * nothing that is changed already.
   */
  run?: (collections: Collections) => Promise<void>;
  /**
   * Make some of the change while call-log works, until the time is up; false if there is more to do. Workers call it,
   * several at a time. In place of `run`, where reads manage without the change.
   */
  runPart?: (
    collections: Pick<Collections, "callLogs" | "projects">,
    clock: MigrationClock,
  ) => Promise<boolean>;
}

/** The time that a part of a migration has. */
export interface MigrationClock {
  now: Date;
  isTimeUp: () => boolean;
}
