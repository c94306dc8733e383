/** A migration as it is stored. */
export interface MigrationDocument {
  /** Its number. */
  _id: number;
  title: string;
  endsOlderReleases?: true;
  /** End of the lease of the process that runs it. */
  leaseUntil: Date;
  finishedAt?: Date;
}
