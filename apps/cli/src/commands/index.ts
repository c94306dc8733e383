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
import { projectPause } from "./project-pause.ts";
import { projectResume } from "./project-resume.ts";
import { providerList } from "./provider-list.ts";
import { providerPause } from "./provider-pause.ts";
import { providerResume } from "./provider-resume.ts";

/** Every command, in the order of the help. A new one is a file beside this and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  projectCreate,
  projectList,
  projectPause,
  projectResume,
  providerList,
  providerPause,
  providerResume,
  keyCreate,
  keyList,
  keyRevoke,
  dispatch,
  list,
  importCommand,
  exportCommand,
];
