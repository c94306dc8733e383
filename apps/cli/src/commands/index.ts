import type { CommandEntry } from "../command.ts";
import { callNow, cancel, resolve, retry } from "./act-on-call.ts";
import { audit } from "./audit.ts";
import { deadLetterDrop, deadLetterList, deadLetterReplay, deadLetterShow } from "./dead-letter.ts";
import { dispatch } from "./dispatch.ts";
import { doNotCallAdd, doNotCallList, doNotCallRemove } from "./do-not-call.ts";
import { doctor } from "./doctor.ts";
import { exportCommand } from "./export.ts";
import { health } from "./health.ts";
import { importCommand } from "./import.ts";
import { keyCreate } from "./key-create.ts";
import { keyList } from "./key-list.ts";
import { keyRevoke } from "./key-revoke.ts";
import { keyRotate } from "./key-rotate.ts";
import { list } from "./list.ts";
import { numberLend, numberList, numberTakeBack } from "./number.ts";
import { projectCreate } from "./project-create.ts";
import { projectList } from "./project-list.ts";
import { projectPause } from "./project-pause.ts";
import { projectResume } from "./project-resume.ts";
import { projectSet } from "./project-set.ts";
import { projectShow } from "./project-show.ts";
import { providerList } from "./provider-list.ts";
import { providerPause } from "./provider-pause.ts";
import { providerResume } from "./provider-resume.ts";
import { sessionEndAll } from "./session-end-all.ts";
import { sessionEnd } from "./session-end.ts";
import { sessionList } from "./session-list.ts";
import { show } from "./show.ts";
import { tail } from "./tail.ts";

/** Every command, in the order of the help. A new one is a file beside this and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  projectCreate,
  projectList,
  projectShow,
  projectSet,
  projectPause,
  projectResume,
  providerList,
  providerPause,
  providerResume,
  numberLend,
  numberTakeBack,
  numberList,
  doNotCallAdd,
  doNotCallRemove,
  doNotCallList,
  keyCreate,
  keyList,
  keyRotate,
  keyRevoke,
  sessionList,
  sessionEnd,
  sessionEndAll,
  dispatch,
  list,
  show,
  tail,
  cancel,
  callNow,
  retry,
  resolve,
  deadLetterList,
  deadLetterShow,
  deadLetterReplay,
  deadLetterDrop,
  importCommand,
  exportCommand,
  audit,
  health,
  doctor,
];
