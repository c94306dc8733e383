import path from "node:path";

import {
  checkSignIn,
  listenSettings,
  processSettings,
  readConfig,
  serverSettings,
  signInSettings,
  type Config,
} from "@call-log/runtime";
import { z } from "zod";

import { DATABASE_ENGINES } from "./choose-engine.ts";

/** Settings of the standalone process, by the names of their environment variables. */
export const standaloneSettings = processSettings.extend({
  ...listenSettings.shape,
  ...serverSettings.partial().shape,
  ...signInSettings.shape,
  DATA_DIR: processSettings.shape.DATA_DIR.transform((folder) => path.resolve(folder)),
  DATABASE_ENGINE: z.enum(DATABASE_ENGINES).optional().meta({
    description: "Database that standalone starts",
  }),
  // No load balancer has to notice.
  DRAIN_SECONDS: listenSettings.shape.DRAIN_SECONDS.removeDefault().default(1),
  // Who tries it out has no carrier; the welcome text says that no phone rings.
  PROVIDER: processSettings.shape.PROVIDER.prefault("simulated").meta({
    description: processSettings.shape.PROVIDER.description,
  }),
  LOG_LEVEL: processSettings.shape.LOG_LEVEL.removeDefault().default("warn"),
  BOOTSTRAP_API_KEY: z
    .string()
    .trim()
    .min(24, {
      error: "must have at least 24 characters; make one with: openssl rand -base64 24",
    })
    .optional()
    .meta({ description: "Key of the Demo project's owner that an empty database starts with" }),
});

/** Settings of the standalone process. */
export type StandaloneConfig = Config<typeof standaloneSettings>;

/** Read the settings; throws a SettingsError that names every bad one. */
export function readStandaloneConfig(environment = process.env): StandaloneConfig {
  // Its own address is known when it has a port, and does for browsers.
  const check = () => checkSignIn(environment, "http://127.0.0.1");
  return readConfig(standaloneSettings, environment, check);
}

/** Folders that programs are looked up in. */
export function pathVariable(): string {
  return process.env["PATH"] ?? "";
}

/** Stream of systemd's journal that standard output was connected to; see `isJournal`. */
export function journalStream(): string | undefined {
  return process.env["JOURNAL_STREAM"];
}
