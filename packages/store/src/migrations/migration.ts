import type { Collections } from "../collections.ts";

/** One change of what the database holds, for a release that expects it so. */
export interface Migration {
  /** Its place in the order; never used again for another one. */
  number: number;
  /** What is different afterwards, for people. */
  title: string;
  /** True when processes of older releases must not start on the database any more. */
  endsOlderReleases?: true;
  /** Make the change. It may be run again after a crash, beside processes of the older release, so it changes nothing that is changed already. */
  run(collections: Collections): Promise<void>;
}
