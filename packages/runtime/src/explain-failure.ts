import { SettingsError } from "@call-log/model";
import {
  isDatabaseAway,
  isDatabaseFull,
  isSignInRefused,
  NewerDatabaseError,
} from "@call-log/store";

import { StartError } from "./start-error.ts";

/** Why a process did not start, in a line that a person can act on; a defect of ours keeps its stack. */
export function explainFailure(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StartError) return error.message;
  if (error instanceof NewerDatabaseError) return error.message;
  if (isDatabaseFull(error))
    return "DATA_DIR: the disk is full (with MONGODB_URI: its server's disk)";
  if (isSignInRefused(error)) return "MONGODB_URI: its user or password is refused";
  if (isDatabaseAway(error)) return "MONGODB_URI: no MongoDB server answers there";
  if (!(error instanceof Error)) return String(error);
  return explainSystemError(error) ?? error.stack ?? error.message;
}

type SystemError = NodeJS.ErrnoException & { port?: number; address?: string };

function explainSystemError(error: SystemError): string | undefined {
  const { code, port, address, message } = error;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return `DATA_DIR: the disk is full: ${message}`;
    case "ENOENT":
    case "EIO":
    case "EPERM":
      return isAboutFile(error) ? `DATA_DIR: can't be used: ${message}` : undefined;
    case "EADDRINUSE":
      return `PORT: ${port} is taken; set another one, such as PORT=${(port ?? 3000) + 1}`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST: ${address ?? "it"} is not an address of this machine`;
    case "EACCES":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return port === undefined
        ? `DATA_DIR: can't be used: ${message}`
        : `PORT: ${port} may not be used by this user`;
    case undefined:
    default:
      return undefined;
  }
}

function isAboutFile({ path, syscall }: SystemError): boolean {
  return path !== undefined && syscall?.startsWith("spawn") !== true;
}
