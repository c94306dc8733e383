export { copyDataFile } from "./copy-data-file.ts";
export { DataDamagedError, DataMissingError } from "./data-errors.ts";
export { DataFolderInUseError, lockDataFolder } from "./data-folder-lock.ts";
export { startEmbeddedMongo } from "./embedded-mongo.ts";
export type { EmbeddedMongo, EmbeddedMongoOptions } from "./embedded-mongo.ts";
export { FEATURE_CHANNEL } from "./feature-use.ts";
