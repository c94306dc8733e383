/** The database was changed by a newer release so that this one must not work on it. */
export class NewerDatabaseError extends Error {
  override readonly name = "NewerDatabaseError";

  constructor(title: string) {
    super(
      `MONGODB_URI: a newer release of call-log has changed the database, and this one can't work on it: ${title}. Start the newer release.`,
    );
  }
}
