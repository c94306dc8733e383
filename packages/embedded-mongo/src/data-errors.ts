/** The data folder has no data although it must have some. */
export class DataMissingError extends Error {
  override readonly name = "DataMissingError";

  constructor(path: string) {
    super(`database ${path} is missing or empty`);
  }
}

/** The data are damaged, so that acknowledged writes would be lost by going on. */
export class DataDamagedError extends Error {
  override readonly name = "DataDamagedError";
}
