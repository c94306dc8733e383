import type { ProviderHost } from "@call-log/model";
import type { Collection } from "mongodb";

import type { ProcessDocument } from "./installation-documents.ts";

/** How long a process counts as alive after its last sign of life, in milliseconds. */
const ALIVE_MS = 45_000;
/** How long what a process said of itself is kept after that: so long its accounts are known while nothing runs. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** What a process of the installation says of itself. */
export interface ProcessInfo extends ProviderHost {
  id: string;
  startedAt: Date;
  /** Those of its provider accounts that place no calls. */
  simulated: readonly string[];
}

/** Which processes of the installation there are, and with which provider accounts; apis and workers alike. */
export interface ProcessStore {
  /** Give a sign of life; without another one the process is taken for dead after 45 seconds. */
  announce(info: ProcessInfo): Promise<void>;
  /** Say goodbye; what is known of the process stays for a week. */
  leave(id: string): Promise<void>;
  /** Those that are alive, oldest first. */
  alive(): Promise<ProcessInfo[]>;
  /** Names of the provider accounts of those that are alive, or, where none is, of those that ran within the last week. */
  accounts(): Promise<string[]>;
}

/** The processes in a MongoDB collection. */
export function createProcessStore(deps: {
  processes: Collection<ProcessDocument>;
  now: () => Date;
}): ProcessStore {
  const { processes, now } = deps;
  const after = (milliseconds: number) => new Date(now().getTime() + milliseconds);

  async function alive(): Promise<ProcessInfo[]> {
    const found = await processes.find({ aliveUntil: { $gt: now() } }).toArray();
    return found.map(infoOf).toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  }

  return {
    alive,

    async announce({ id, ...info }) {
      const document = { ...info, providers: [...info.providers], simulated: [...info.simulated] };
      const times = { aliveUntil: after(ALIVE_MS), expireAt: after(KEPT_MS) };
      await processes.updateOne({ _id: id }, { $set: { ...document, ...times } }, { upsert: true });
    },

    async leave(id) {
      await processes.updateOne({ _id: id }, { $set: { aliveUntil: now() } });
    },

    async accounts() {
      const running = await alive();
      const known = running.length > 0 ? running : (await processes.find().toArray()).map(infoOf);
      return [...new Set(known.flatMap(({ providers }) => providers))].toSorted();
    },
  };
}

function infoOf({
  _id: id,
  aliveUntil: _until,
  expireAt: _end,
  ...info
}: ProcessDocument): ProcessInfo {
  return { id, ...info };
}
