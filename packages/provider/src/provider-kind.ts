import type { z } from "zod";

import type { Provider } from "./provider.ts";

/** What an account has of the process that it is opened in. */
export interface ProviderPlace {
  /** Folder for what a provider keeps itself. */
  dataDir: string;
  /** The clock of the installation. */
  now: () => Date;
}

/** A kind of provider: what an account of it is set up with, and how it is made. */
export interface ProviderKind<S extends z.ZodObject = z.ZodObject> {
  /** Settings of one account by names without the account's prefix: `SPEED` is read from `SIMULATED_SPEED`. */
  settings: S;
  /** What is wrong with settings that are good one by one: the setting, and in words what it must be. */
  problemsOf?(settings: z.output<S>): readonly (readonly [setting: string, problem: string])[];
  /** Whether it runs on this machine, so that it can call back at an address that only this machine knows. */
  isLocal?: true;
  create(account: { name: string; settings: z.output<S> } & ProviderPlace): Provider;
}
