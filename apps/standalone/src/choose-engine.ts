import { StartError } from "@call-log/runtime";

/** The databases that a standalone process can start. */
export const DATABASE_ENGINES = ["embedded", "mongod"] as const;

/** A database that a standalone process can start. */
export type DatabaseEngine = (typeof DATABASE_ENGINES)[number];

/** What decides which database is started. */
export interface EngineFacts {
  dataDir: string;
  /** `DATABASE_ENGINE`. */
  wanted: DatabaseEngine | undefined;
  /** The database that holds the installation in `DATA_DIR`; undefined when there is none yet. */
  held: DatabaseEngine | undefined;
  /** Path of the mongod on PATH. */
  mongod: string | undefined;
}

/** The database to start, and a note for the operator where another one could be expected. */
export type EngineChoice =
  | { engine: "embedded"; note?: string }
  | { engine: "mongod"; binary: string };

const NAMES = { embedded: "the embedded MongoDB", mongod: "a mongod" };

/**
 * Stay with the database that holds the data; a new installation gets the one that is asked for, else a mongod where there is one. Throws a
 * StartError where that can't be had.
 */
export function chooseEngine({ dataDir, wanted, held, mongod }: EngineFacts): EngineChoice {
  if (held !== undefined && wanted !== undefined && wanted !== held)
    throw new StartError(
      `DATABASE_ENGINE=${wanted}, but ${dataDir} holds the data of ${NAMES[held]}; remove the setting, or set DATA_DIR to an empty folder for a new installation`,
    );
  const engine = held ?? wanted ?? (mongod === undefined ? "embedded" : "mongod");
  if (engine === "mongod") {
    if (mongod !== undefined) return { engine, binary: mongod };
    const why =
      held === undefined ? "DATABASE_ENGINE=mongod" : `${dataDir} holds the data of a mongod`;
    throw new StartError(`${why}, but PATH has no mongod; install it`);
  }
  const isPassedOver = mongod !== undefined && wanted === undefined;
  return isPassedOver
    ? { engine, note: "the data in DATA_DIR is its own; the mongod on PATH is not used" }
    : { engine };
}
