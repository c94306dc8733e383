import type { CallerId, NewProject, Permission, ProjectSettings } from "@call-log/model";
import type { KeyOwner, NewApiKey } from "@call-log/store";

/** A time: of this process, or as the api answers it. */
export type Time = Date | string;

/** A pause as a table shows it. */
export interface ShownPause {
  reason: string;
  at: Time;
}

/** A project, as far as tables show it; its other settings are there too. */
export interface ShownProject {
  _id: string;
  name: string;
  fromNumbers: string[];
  providerChain: string[];
  createdAt: Time;
  paused?: ShownPause | undefined;
  operatorPause?: ShownPause | undefined;
}

/** A key as tables show it. */
export interface ShownKey {
  id: string;
  name?: string | null | undefined;
  permissions: Permission[];
  createdAt: Time;
  expiresAt?: Time | null | undefined;
  revokedAt?: Time | null | undefined;
  lastUsedAt?: Time | null | undefined;
  allowedAddresses?: string[] | null | undefined;
  rotatedTo?: string | null | undefined;
}

/** How a key is replaced. */
export interface NewRotation {
  overlapHours: number;
  expiresAt?: Date | undefined;
}

/** A key that replaces another one. */
export interface ShownRotation {
  id: string;
  key: string;
  /** Until then the replaced key is valid. */
  previousUntil: Time;
}

/** A provider account, and why nothing is handed to it where it is paused. */
export interface ShownProvider extends Partial<ShownPause> {
  name: string;
  state: "in use" | "paused";
  /** Whether it rings no phone; unknown of one that no process runs with. */
  isSimulated?: boolean | undefined;
  by?: string;
}

/** A worker as tables show it. */
export interface ShownWorker {
  id: string;
  host: string;
  pid: number;
  startedAt: Time;
  /** It takes no more jobs. */
  draining: boolean;
}

/** What operators do with the installation. */
export interface Operations {
  projects: {
    list(): Promise<ShownProject[]>;
    find(id: string): Promise<ShownProject | undefined>;
    create(project: NewProject): Promise<ShownProject>;
    update(id: string, settings: ProjectSettings): Promise<ShownProject>;
    pause(id: string, reason: string): Promise<ShownProject>;
    /** The project after it; through the api, the project's own pause stays. */
    resume(id: string): Promise<ShownProject>;
  };
  providers: {
    /** Every account that a process runs with, and every one that is paused. */
    list(): Promise<ShownProvider[]>;
    /** Throws an error that names the accounts when there is no such one. */
    pause(name: string, reason: string): Promise<void>;
    /** False when it was not paused. */
    resume(name: string): Promise<boolean>;
  };
  workers: {
    /** Those that are alive. */
    list(): Promise<ShownWorker[]>;
    /** Drain or resume one, or all where none is named; their ids. Throws when there is no such one. */
    setDraining(id: string | undefined, isDraining: boolean): Promise<string[]>;
  };
  numbers: {
    list(): Promise<CallerId[]>;
    /** `project` is the id of a project, or EVERY_PROJECT. */
    lend(number: string, project: string): Promise<CallerId>;
    /** From every project where none is named. */
    takeBack(number: string, project?: string): Promise<CallerId>;
  };
  keys: {
    create(newKey: NewApiKey): Promise<{ id: string; key: string }>;
    list(owner: KeyOwner): Promise<ShownKey[]>;
    /** Undefined when there is no such key; through the api, operators' keys alone. */
    rotate(id: string, rotation: NewRotation): Promise<ShownRotation | undefined>;
    /** False when there is no such key. */
    revoke(id: string): Promise<boolean>;
  };
}
