import { userInfo } from "node:os";

import type { Acting } from "@call-log/model";

/** Who acts on the command line of this machine, for the audit trail: the user of the operating system, who is an operator. */
export function localActing(): Acting {
  return { actor: { kind: "command-line", id: userName() }, isOperator: true };
}

// In a container a user may have a number and no name.
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
