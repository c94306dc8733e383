import type { Store } from "@call-log/store";

import { CliError } from "../cli-error.ts";
import { localActing } from "./local-acting.ts";
import type { Operations, ShownProvider } from "./operations.ts";

const HOUR_MS = 3_600_000;

/** The operations on the database of this machine, for its operator: no key is needed. */
export function localOperations(store: Store): Operations {
  const { projects, providerStates, processes, callerIds, keys } = store;
  const acting = localActing();
  return {
    projects: {
      list: () => projects.list(),
      find: (id) => projects.find(id),
      create: (project) => projects.create(project, acting),
      update: (id, settings) => projects.update(id, settings, acting),
      pause: (id, reason) => projects.pauseByOperator(id, reason, acting),
      // On the machine it is one command for both pauses, since the team and the operator may be one.
      async resume(id) {
        await projects.resume(id, acting);
        return projects.resumeByOperator(id, acting);
      },
    },
    providers: {
      list: () => listProviders(store),
      async pause(name, reason) {
        const known = await processes.accounts();
        // Before the first start nobody has said which accounts there are.
        if (known.length > 0 && !known.includes(name))
          throw new CliError(`NAME: must be one of: ${known.join(", ")}`);
        await providerStates.pause(name, { by: "person", reason }, acting);
      },
      resume: (name) => providerStates.resume(name, undefined, acting),
    },
    workers: {
      list: async () => {
        const running = await processes.alive();
        return running
          .filter(({ role }) => role !== "api")
          .map(({ draining = false, ...worker }) => ({ ...worker, draining }));
      },
      async setDraining(id, isDraining) {
        const all = (await processes.alive()).flatMap((one) => (one.role === "api" ? [] : one.id));
        if (id !== undefined && !all.includes(id))
          throw new CliError("ID: no such worker is alive; see: worker list");
        const chosen = id === undefined ? all : [id];
        for (const one of chosen) await processes.setDraining(one, isDraining, acting);
        return chosen;
      },
    },
    numbers: {
      list: () => callerIds.list(),
      lend: (number, project) => callerIds.lend(number, project, acting),
      takeBack: (number, project) => callerIds.takeBack(number, project, acting),
    },
    keys: {
      create: (newKey) => keys.create(newKey, acting),
      list: (owner) => keys.list(owner),
      rotate: (id, { overlapHours, expiresAt }) =>
        keys.rotate(id, { overlapMs: overlapHours * HOUR_MS, expiresAt, acting }),
      revoke: (id) => keys.revoke(id, undefined, acting),
    },
  };
}

async function listProviders({ processes, providerStates }: Store): Promise<ShownProvider[]> {
  const [states, running, accounts] = await Promise.all([
    providerStates.list(),
    processes.alive(),
    processes.accounts(),
  ]);
  const paused = new Map(states.flatMap(({ _id, paused: one }) => (one ? [[_id, one]] : [])));
  return [...new Set([...accounts, ...paused.keys()])].toSorted().map((name) => {
    const hosts = running.filter(({ providers }) => providers.includes(name));
    const isSimulated =
      hosts.length === 0 ? undefined : hosts.some((one) => one.simulated.includes(name));
    const pause = paused.get(name);
    return { name, state: pause === undefined ? "in use" : "paused", isSimulated, ...pause };
  });
}
