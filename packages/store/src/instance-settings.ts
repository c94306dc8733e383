import { randomBytes } from "node:crypto";

import type { Collection } from "mongodb";

import type { SettingDocument } from "./collections.ts";
import { isDuplicateKey } from "./database-error.ts";

const SECRET_ID = "secret";

/** What all processes on one database agree on. */
export interface InstanceSettings {
  /** 256 random bits, made once by whoever asks first and never changed; callback addresses are signed with it. */
  secret(): Promise<Buffer>;
}

/** The instance's settings in a MongoDB collection. */
export function createInstanceSettings(settings: Collection<SettingDocument>): InstanceSettings {
  let known: Buffer | undefined;

  async function readOrCreate(): Promise<Buffer> {
    const present = await settings.findOne({ _id: SECRET_ID });
    if (present) return Buffer.from(present.value, "base64");
    try {
      await settings.insertOne({ _id: SECRET_ID, value: randomBytes(32).toString("base64") });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return readOrCreate();
  }

  return {
    async secret() {
      known ??= await readOrCreate();
      return known;
    },
  };
}
