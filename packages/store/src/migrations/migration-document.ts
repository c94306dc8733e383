/** A migration as its document holds it. */
export interface MigrationDocument {
  /** Its number. */
  _id: number;
  title: string;
  endsOlderReleases?: true;
  /** Until then the process that runs it has it for itself. */
  leaseUntil: Date;
  finishedAt?: Date;
}
