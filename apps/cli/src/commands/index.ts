import type { CommandEntry } from "../command.ts";
import { dispatch } from "./dispatch.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { keyCreate } from "./key-create.ts";
import { keyList } from "./key-list.ts";
import { keyRevoke } from "./key-revoke.ts";
import { list } from "./list.ts";
import { projectCreate } from "./project-create.ts";
import { projectList } from "./project-list.ts";

/** Every command, in the order of the help. A new one is a file beside this and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  projectCreate,
  projectList,
  keyCreate,
  keyList,
  keyRevoke,
  dispatch,
  list,
  importCommand,
  exportCommand,
];
