export { DataFolderInUseError } from "./data-folder-lock.ts";
export { startEmbeddedMongo } from "./embedded-mongo.ts";
export type { EmbeddedMongo, EmbeddedMongoOptions } from "./embedded-mongo.ts";
export { JournalCorruptError, JournalEmptyError } from "./journal-reader.ts";
export { FEATURE_CHANNEL } from "./feature-use.ts";
