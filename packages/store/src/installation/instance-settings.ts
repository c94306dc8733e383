import { randomBytes } from "node:crypto";

import type { Collection } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { SettingDocument } from "./installation-documents.ts";

const SECRET_ID = "secret";
const MARK_ID = "secretMark";

/** Fingerprints by which the master secret of an installation is recognized. */
export interface SecretMark {
  current: string;
  /** Of the secret before the last change. */
  previous?: string;
  changedAt: Date;
}

/** What all processes on one database agree on. */
export interface InstanceSettings {
  /** 256 random bits, made at the first request and never changed: the master secret if none is configured. */
  secret(): Promise<Buffer>;
  /** The same, or undefined if it was never requested. */
  findSecret(): Promise<Buffer | undefined>;
  /**
   * Change the mark of the master secret, from what it is to what it shall be; asked again when another process was
   * faster.
   */
  changeSecretMark(change: (found: SecretMark | undefined) => SecretMark): Promise<SecretMark>;
}

/** The instance's settings in a MongoDB collection. */
export function createInstanceSettings(settings: Collection<SettingDocument>): InstanceSettings {
  async function findSecret(): Promise<Buffer | undefined> {
    const present = await settings.findOne({ _id: SECRET_ID });
    return present === null ? undefined : Buffer.from(present.value, "base64");
  }

  async function secret(): Promise<Buffer> {
    const present = await findSecret();
    if (present !== undefined) return present;
    await insertOnce({ _id: SECRET_ID, value: randomBytes(32).toString("base64") });
    return secret();
  }

  async function insertOnce(document: SettingDocument): Promise<boolean> {
    try {
      await settings.insertOne(document);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async function changeSecretMark(
    change: (found: SecretMark | undefined) => SecretMark,
  ): Promise<SecretMark> {
    const found = markOf(await settings.findOne({ _id: MARK_ID }));
    const mark = change(found);
    if (mark === found) return mark;
    const { current: value, ...more } = mark;
    const document = { _id: MARK_ID, value, ...more };
    if (found === undefined) return (await insertOnce(document)) ? mark : changeSecretMark(change);
    const asFound = { _id: MARK_ID, value: found.current, changedAt: found.changedAt };
    const { matchedCount } = await settings.replaceOne(asFound, document);
    return matchedCount === 1 ? mark : changeSecretMark(change);
  }

  return { secret, findSecret, changeSecretMark };
}

function markOf(document: SettingDocument | null): SecretMark | undefined {
  if (document?.changedAt === undefined) return undefined;
  const { value: current, previous, changedAt } = document;
  return { current, changedAt, ...(previous !== undefined && { previous }) };
}
