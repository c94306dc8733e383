import { actorText, type Operation } from "@call-log/model";

import type { ProjectStatus, Status } from "./status.ts";

/** One line of the bar over every screen. */
export interface Notice {
  /** What it is about; one line for each. */
  name: string;
  tone: "bad" | "warn" | "info";
  title: string;
  /** Why, or what it means; without a mark at its end where a time follows. */
  text: string;
  /** Since when, in ISO 8601. */
  since?: string;
  /** The way back, for those who may. */
  remedy?: { kind: "resume-project" } | { kind: "resume-provider"; provider: string };
  /** Where there is more to see. */
  link?: { href: string; label: string };
}

/** What the bar says; nothing while calls go out as they should. A status that is not known yet says nothing. */
export function noticesOf(
  status: Status | undefined,
  { may, isSandbox }: { may: readonly Operation[]; isSandbox: boolean },
): Notice[] {
  const sandbox = isSandbox ? [SANDBOX] : [];
  if (status === undefined) return sandbox;
  return [
    ...serverNotices(status),
    ...("stuck" in status ? projectNotices(status, may) : []),
    ...providerNotices(status),
    ...(status.providersDiffer ? [DIFFERENT] : []),
    ...(isSandbox ? sandbox : simulatedNotices(status)),
  ];
}

const SANDBOX: Notice = {
  name: "sandbox",
  tone: "info",
  title: "Simulated provider.",
  text: "No phone rings: every call is played by a script.",
};

const DIFFERENT: Notice = {
  name: "providers-differ",
  tone: "bad",
  title: "Processes have different providers.",
  text: "Which one a call goes through depends on who takes it: give every api and worker the same PROVIDER.",
};

function simulatedNotices({ simulated }: Status): Notice[] {
  if (simulated.length === 0) return [];
  const text = `Calls that go through ${simulated.join(", ")} ring no phone.`;
  return [{ name: "simulated", tone: "warn", title: "One of the providers is simulated.", text }];
}

function serverNotices({ isRedisUp, hasWorkers }: Status): Notice[] {
  const waits = "Nothing is dialled and nothing is recorded";
  if (!isRedisUp)
    return [
      {
        name: "redis",
        tone: "bad",
        title: "Redis is away.",
        text: `${waits} until it is back; calls wait in the database.`,
      },
    ];
  if (hasWorkers) return [];
  return [
    {
      name: "workers",
      tone: "bad",
      title: "No worker is alive.",
      text: `${waits} until one is started; calls wait in the database.`,
    },
  ];
}

function projectNotices(status: ProjectStatus, may: readonly Operation[]): Notice[] {
  const { paused, operatorPause, stuck } = status;
  const notices: Notice[] = [];
  if (operatorPause)
    notices.push({
      name: "operator-pause",
      tone: "bad",
      title: "Paused by an operator: no call of this project is dialled.",
      text: `${operatorPause.reason}. Only an operator can resume it`,
      since: operatorPause.at,
    });
  if (paused)
    notices.push({
      name: "pause",
      tone: "bad",
      title: `Paused${paused.by ? ` by ${actorText(paused.by)}` : ""}: no call of this project is dialled.`,
      text: paused.reason,
      since: paused.at,
      // While an operator's pause holds, the server refuses it.
      ...(may.includes("administer") &&
        !operatorPause && { remedy: { kind: "resume-project" as const } }),
    });
  if (stuck.oldest) notices.push(stuckNotice(stuck.calls, stuck.oldest));
  return notices;
}

function stuckNotice(calls: number, oldest: { wakeAt: string }): Notice {
  const count =
    calls >= 100 ? "100 calls or more are" : calls === 1 ? "1 call is" : `${calls} calls are`;
  return {
    name: "stuck",
    tone: "bad",
    title: `${count} stuck.`,
    text: "Nobody has looked at what was due",
    since: oldest.wakeAt,
    link: { href: "/system", label: "Which" },
  };
}

function providerNotices({ pausedProviders }: Status): Notice[] {
  return pausedProviders.map((provider) => ({
    name: `provider-${provider.name}`,
    tone: "warn",
    title: `The provider ${provider.name} is paused.`,
    text:
      "reason" in provider
        ? `By ${provider.by === "person" ? "a person" : "call-log, by what the provider answered"}: ${provider.reason}`
        : "Calls go through the next provider of the project, or wait for an operator to resume it",
    since: provider.at,
    ...("reason" in provider && {
      remedy: { kind: "resume-provider" as const, provider: provider.name },
    }),
  }));
}
