import { type Acting, type ActName, type ProviderHost, SYSTEM_ACTING } from "@call-log/model";
import type { Collection } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import type { ProcessDocument } from "./installation-documents.ts";

/** How long a process counts as alive after its last sign of life, in milliseconds. */
const ALIVE_MS = 45_000;
/** How long its report is kept after that: its accounts are known for this time while nothing runs. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Report of a process. */
export interface ProcessInfo extends ProviderHost {
  id: string;
  startedAt: Date;
  /** Its provider accounts that place no calls. */
  simulated: readonly string[];
  /** Release that it runs; absent in earlier ones. */
  release?: string;
  /** True for a worker that must take no more jobs. */
  draining?: boolean;
}

/** The processes of the installation, APIs and workers, and their provider accounts. */
export interface ProcessStore {
  /** Report as alive; the process counts as dead 45 seconds after its last report. */
  announce(info: ProcessInfo): Promise<void>;
  /** Report the end of the process; its report is kept for a week. */
  leave(id: string): Promise<void>;
  /** Live processes, oldest first. */
  alive(): Promise<ProcessInfo[]>;
  /** True when a process must take no more jobs. */
  isDraining(id: string): Promise<boolean>;
  /**
   * Drain or resume the workers of a process; false when no such process is alive. Without `acting`, the actor is the
   * process itself.
   */
  setDraining(id: string, isDraining: boolean, acting?: Acting): Promise<boolean>;
  /**
   * Names of the provider accounts of those that are alive, or, where none is, of those that ran within the last week.
   */
  accounts(): Promise<string[]>;
}

/** The processes in a MongoDB collection. */
export function createProcessStore(deps: {
  processes: Collection<ProcessDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
}): ProcessStore {
  const { processes, auditWriter, now } = deps;
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

    async isDraining(id) {
      const found = await processes.findOne({ _id: id }, { projection: { draining: 1 } });
      return found?.draining ?? false;
    },

    async setDraining(id, isDraining, acting = SYSTEM_ACTING) {
      const worker = { _id: id, role: { $ne: "api" }, aliveUntil: { $gt: now() } };
      const changed = await changeAudited(
        { collection: processes, auditWriter },
        worker,
        ({ draining = false }) => {
          if (draining === isDraining) return undefined;
          const act: ActName = isDraining ? "worker.drain" : "worker.resume";
          const changes = [{ field: "draining", from: draining, to: isDraining }];
          return {
            update: { $set: { draining: isDraining } },
            report: { act, acting, target: id, changes },
          };
        },
      );
      return changed !== undefined;
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
  unfiledActs: _acts,
  actCount: _count,
  ...info
}: ProcessDocument): ProcessInfo {
  return { id, ...info };
}
