import type { Store } from "@call-log/store";

import { machineActing } from "./machine-acting.ts";
import type { Operations } from "./operations.ts";

const HOUR_MS = 3_600_000;

/** The operations on the database of this machine, for its operator: no key is needed. */
export function machineOperations(store: Store): Operations {
  const { projects, providerStates, callerIds, keys } = store;
  const acting = machineActing();
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
      async paused() {
        const states = await providerStates.list();
        return states.flatMap(({ _id: name, paused }) =>
          paused === undefined ? [] : [{ name, ...paused }],
        );
      },
      pause: (name, reason) => providerStates.pause(name, { by: "person", reason }, acting),
      resume: (name) => providerStates.resume(name, undefined, acting),
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
