import type { CommandEntry } from "../command.ts";
import {
  alertSourcesCreate,
  alertSourcesDelete,
  alertSourcesDryRun,
  alertSourcesList,
  alertSourcesRecent,
  alertSourcesRotateToken,
  alertSourcesShow,
  alertSourcesTestBack,
  alertSourcesUpdate,
} from "./alert-sources/alert-sources.ts";
import { callNow, cancel, resolve, retry } from "./calls/act-on-call.ts";
import { dispatch } from "./calls/dispatch.ts";
import { exportCommand } from "./calls/export.ts";
import { importCommand } from "./calls/import.ts";
import { list } from "./calls/list.ts";
import { show } from "./calls/show.ts";
import { tail } from "./calls/tail.ts";
import { keyCreate } from "./keys/key-create.ts";
import { keyList } from "./keys/key-list.ts";
import { keyRevoke } from "./keys/key-revoke.ts";
import { keyRotate } from "./keys/key-rotate.ts";
import { audit } from "./operation/audit.ts";
import { backup, restore } from "./operation/backup.ts";
import {
  deadLetterDrop,
  deadLetterList,
  deadLetterReplay,
  deadLetterShow,
} from "./operation/dead-letter.ts";
import { doctor } from "./operation/doctor.ts";
import { health } from "./operation/health.ts";
import { mcp } from "./operation/mcp.ts";
import { migrate } from "./operation/migrate.ts";
import { restored } from "./operation/restored.ts";
import { doNotCallAdd, doNotCallList, doNotCallRemove } from "./projects/do-not-call.ts";
import { numberLend, numberList, numberTakeBack } from "./projects/number.ts";
import { projectCreate } from "./projects/project-create.ts";
import { projectList } from "./projects/project-list.ts";
import { projectPause } from "./projects/project-pause.ts";
import { projectResume } from "./projects/project-resume.ts";
import { projectSet } from "./projects/project-set.ts";
import { projectShow } from "./projects/project-show.ts";
import { providerList } from "./providers/provider-list.ts";
import { providerPause } from "./providers/provider-pause.ts";
import { providerResume } from "./providers/provider-resume.ts";
import { sessionEndAll } from "./sessions/session-end-all.ts";
import { sessionEnd } from "./sessions/session-end.ts";
import { sessionList } from "./sessions/session-list.ts";
import {
  webhooksDeliveries,
  webhooksDelivery,
  webhooksReplay,
  webhooksResend,
} from "./webhooks/webhook-deliveries.ts";
import {
  webhooksCreate,
  webhooksDelete,
  webhooksList,
  webhooksShow,
  webhooksUpdate,
} from "./webhooks/webhook-endpoints.ts";
import { webhooksListen } from "./webhooks/webhook-listen.ts";
import { webhooksRotate, webhooksSecret, webhooksTest } from "./webhooks/webhook-secrets.ts";
import { workerDrain, workerResume } from "./workers/worker-drain.ts";
import { workerList } from "./workers/worker-list.ts";

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
  workerList,
  workerDrain,
  workerResume,
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
  alertSourcesCreate,
  alertSourcesList,
  alertSourcesShow,
  alertSourcesTestBack,
  alertSourcesUpdate,
  alertSourcesRotateToken,
  alertSourcesDelete,
  alertSourcesDryRun,
  alertSourcesRecent,
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
  webhooksList,
  webhooksCreate,
  webhooksShow,
  webhooksUpdate,
  webhooksDelete,
  webhooksSecret,
  webhooksRotate,
  webhooksTest,
  webhooksDeliveries,
  webhooksDelivery,
  webhooksResend,
  webhooksReplay,
  webhooksListen,
  deadLetterList,
  deadLetterShow,
  deadLetterReplay,
  deadLetterDrop,
  importCommand,
  exportCommand,
  audit,
  health,
  mcp,
  doctor,
  migrate,
  backup,
  restore,
  restored,
];
