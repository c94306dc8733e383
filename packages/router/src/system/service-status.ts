import { isAllowed, maskedProject, type Project, providerLists } from "@call-log/model";
import type { CallReader, ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";
import { probe } from "./probe-service.ts";
import { providerPauses } from "./provider-pauses.ts";

type Context = Pick<RouterContext, "store" | "dispatcher" | "now">;

/** Whether calls of a project go out at this moment, and what holds them; asked every few seconds by every open page, so it costs little. */
export async function projectStatus(
  ctx: Context & { identity: ProjectIdentity; reader: Pick<CallReader, "stuck"> },
) {
  const { projectId, permissions } = ctx.identity;
  const at = ctx.now();
  const [{ providers, ...common }, project, stuck] = await Promise.all([
    servers(ctx),
    ctx.store.projects.find(projectId),
    ctx.reader.stuck({ projectId, now: at }),
  ]);
  const isMasked = !isAllowed(permissions, "see-numbers");
  const seen = project && isMasked ? maskedProject(project) : project;
  return {
    ...common,
    at: at.toISOString(),
    paused: presentPause(seen?.paused),
    operatorPause: presentPause(seen?.operatorPause),
    stuck: {
      calls: stuck.calls,
      oldest: stuck.oldest && {
        _id: stuck.oldest._id,
        wakeAt: stuck.oldest.wakeAt.toISOString(),
      },
    },
    // By whom and why, and for whom else, is for operators alone.
    pausedProviders: providers.flatMap(({ name, pause }) =>
      pause === null ? [] : [{ name, at: pause.at }],
    ),
  };
}

/** The same of the installation, with who paused a provider account and why; for operators. */
export async function installationStatus(ctx: Context) {
  const { providers, ...common } = await servers(ctx);
  return {
    ...common,
    at: ctx.now().toISOString(),
    pausedProviders: providers.flatMap(({ name, pause }) =>
      pause === null ? [] : [{ name, by: pause.by, reason: pause.reason, at: pause.at }],
    ),
  };
}

/** Whether any worker takes jobs. Which and how many they are would tell a project of others' load, and where they run. */
export async function hasWorkers({
  dispatcher: { queues },
}: Pick<Context, "dispatcher">): Promise<boolean> {
  await queues.ping();
  return (await queues.presence.list()).some(({ draining }) => draining !== true);
}

async function servers(ctx: Context) {
  const running = ctx.store.processes.alive();
  const [redis, processes, providers] = await Promise.all([
    probe(() => hasWorkers(ctx)),
    running,
    running.then((others) => providerPauses(ctx, others)),
  ]);
  return {
    isRedisUp: redis.isUp,
    hasWorkers: redis.answer ?? false,
    providers,
    /** Accounts that ring no phone. */
    simulated: providers.flatMap(({ name, isSimulated }) => (isSimulated ? [name] : [])),
    /** Processes run with different PROVIDER lists; which they are is on the operators' screen. */
    providersDiffer: providerLists(processes).length > 1,
    /** No call of any project is dialled. */
    isEveryProviderPaused: providers.length > 0 && providers.every(({ pause }) => pause !== null),
  };
}

function presentPause(pause: Project["paused"]) {
  if (pause === undefined) return null;
  const { reason, at, by } = pause;
  return { reason, at: at.toISOString(), ...(by && { by }) };
}
