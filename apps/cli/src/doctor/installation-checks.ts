import {
  type Problem,
  providerLists,
  providerListsText,
  shownProblem,
  SIMULATED_WARNING,
} from "@call-log/model";
import type { ProcessInfo } from "@call-log/store";

import { bad, type Check, good } from "./check.ts";

const LEAST_DAYS = 14;
const LEAST_BYTES = 1_073_741_824;
/** Codes of OpenSSL and Node.js for a certificate that is not trusted, has ended, or is for another name. */
const CERTIFICATE_ERROR = /CERT|LEAF_SIGNATURE|SELF_SIGNED/;

/** Which processes run: with one list of providers, one release, and a worker among them. */
export function processChecks(running: readonly ProcessInfo[], release: string): Check[] {
  return [providersCheck(running), workersCheck(running), releaseCheck(running, release)];
}

// A simulated provider may be meant; another list in each process can't be.
function providersCheck(running: readonly ProcessInfo[]): Check {
  const lists = providerLists(running);
  const isSimulated = running.some((one) => one.simulated.length > 0);
  const simulated = isSimulated ? `; ${SIMULATED_WARNING}` : "";
  if (lists.length === 0) return good("providers", "no process runs");
  if (lists.length > 1)
    return bad("providers", "fail", [
      `PROVIDER differs: ${providerListsText(lists)}${simulated}`,
      "Give every api and worker the same PROVIDER.",
    ]);
  const detail = `${providerListsText(lists)}${simulated}`;
  if (!isSimulated) return good("providers", detail);
  return bad("providers", "warn", [detail, "Set PROVIDER to the accounts at your carriers."]);
}

function workersCheck(running: readonly ProcessInfo[]): Check {
  const workers = running.filter(({ role }) => role !== "api");
  const taking = workers.filter(({ draining }) => draining !== true);
  const detail = `${taking.length} of ${workers.length} alive take jobs`;
  if (taking.length > 0) return good("workers", detail);
  // Before the first start there is nothing to complain of.
  if (running.length === 0)
    return bad("workers", "warn", ["none is alive", "Start one: call-log worker"]);
  return bad("workers", "fail", [
    detail,
    workers.length === 0
      ? "Start one: call-log worker"
      : "Resume them: call-log worker resume --all",
  ]);
}

function releaseCheck(running: readonly ProcessInfo[], release: string): Check {
  const others = running.filter((one) => one.release !== release);
  if (others.length === 0) return good("releases", `all have ${release}, like this command`);
  const list = others.map(
    (one) => `${one.role} ${one.host}:${one.pid} has ${one.release ?? "an earlier one"}`,
  );
  return bad("releases", "warn", [
    `this command has ${release}; ${list.join(", ")}`,
    "Finish the upgrade, so that every process has one release.",
  ]);
}

/** What call-log itself has noticed and is not over. */
export function problemChecks(problems: readonly Problem[]): Check[] {
  if (problems.length === 0) return [good("problems", "call-log has noticed none")];
  return problems.map(shownProblem).map(({ rule, severity, text, remedy, since, projectId }) => {
    const where = projectId === null ? "" : `, project ${projectId}`;
    const level = severity === "critical" ? "fail" : "warn";
    return bad(rule, level, [`${text} Since ${since}${where}.`, remedy]);
  });
}

/** Disk space of the data folder. */
export function diskCheck(folder: string, freeBytes: number): Check {
  const detail = `${(freeBytes / 1_073_741_824).toFixed(1)} GB free in ${folder}`;
  if (freeBytes >= LEAST_BYTES) return good("disk", detail);
  return bad("disk", "fail", [detail, "Free at least 1 GB: the database stops without space."]);
}

/** How the callback address answered when it was asked through PUBLIC_URL. */
export type CallbackFound =
  | { kind: "unset" }
  | { kind: "unreachable"; reason: string }
  | { kind: "other"; status: number }
  | { kind: "call-log" };

/** Whether carriers reach the api; tried from this machine, so a firewall further out is not seen. */
export function callbackCheck(found: CallbackFound): Check {
  const name = "callback address";
  switch (found.kind) {
    case "unset":
      return bad(name, "warn", [
        "PUBLIC_URL is not set, so calls are followed by polling",
        "Set it to the https address under which carriers reach the api.",
      ]);
    case "unreachable":
      if (CERTIFICATE_ERROR.test(found.reason))
        return bad(name, "fail", [
          `the certificate of PUBLIC_URL is not trusted: ${found.reason}`,
          "Give the proxy a certificate that carriers trust, with its whole chain. For an authority of your own, set NODE_EXTRA_CA_CERTS in every process and here.",
        ]);
      return bad(name, "fail", [
        `PUBLIC_URL does not answer: ${found.reason}`,
        "Let the proxy pass /hooks/* on to the api, and check DNS, firewall and certificate.",
      ]);
    case "other":
      return bad(name, "fail", [
        `something other than call-log answers under PUBLIC_URL, with ${found.status}`,
        "Let the proxy pass POST /hooks/* on to the api unchanged.",
      ]);
    case "call-log":
      return good(name, "call-log answers under PUBLIC_URL, tried from this machine alone");
  }
}

/** Days until the certificate of PUBLIC_URL ends. */
export function certificateCheck(daysLeft: number): Check {
  const detail = `${Math.floor(daysLeft)} days left`;
  if (daysLeft >= LEAST_DAYS) return good("certificate", detail);
  return bad("certificate", daysLeft > 0 ? "warn" : "fail", [
    detail,
    "Renew the TLS certificate: carriers refuse one that has ended.",
  ]);
}

/** Whether an account of a carrier takes our credentials. */
export function credentialsCheck(account: string, refusal: string | undefined): Check {
  const name = `credentials ${account}`;
  if (refusal === undefined) return good(name, "the provider takes them");
  return bad(name, "fail", [
    refusal,
    "Set the account's settings as the provider's console shows them.",
  ]);
}

/** Whether the environment of the servers is good; each line names a setting. */
export function settingsCheck(problems: readonly string[], misspelt: readonly string[]): Check {
  if (problems.length > 0)
    return bad("settings", "fail", [
      problems.join("; "),
      "Set them as docs/reference/settings.md says.",
    ]);
  if (misspelt.length === 0) return good("settings", "all are good");
  return bad("settings", "warn", [misspelt.join("; "), "Correct the names."]);
}
