import os from "node:os";

import type { Acting } from "@call-log/model";

/** Who acts on the machine itself, for the audit trail: the user of the operating system. */
export function machineActing(): Acting {
  return { actor: { kind: "command-line", id: userName() } };
}

// A container may run as a user that its system has no name for.
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
