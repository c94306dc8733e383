import type { CallLogClient } from "@call-log/client";

import { CliError } from "../cli-error.ts";
import type { Operations, ShownProvider } from "./operations.ts";

/** The operations through the api, with an operator's key. */
export function apiOperations({ numbers, operator, system }: CallLogClient): Operations {
  const list = async () => (await operator.projects.list.query()).projects;
  return {
    projects: {
      list,
      find: async (id) => (await list()).find(({ _id }) => _id === id),
      create: (project) => operator.projects.create.mutate(project),
      update: (id, settings) => operator.projects.update.mutate({ id, settings }),
      pause: (id, reason) => operator.projects.pause.mutate({ id, reason }),
      resume: (id) => operator.projects.resume.mutate({ id }),
    },
    providers: providerOperations({ operator, system }),
    workers: {
      list: async () =>
        (await operator.health.query()).processes
          .filter(({ role }) => role !== "api")
          .map(({ draining = false, ...worker }) => ({ ...worker, draining })),
      async setDraining(id, isDraining) {
        const which = id === undefined ? { all: true as const } : { id };
        const { drain, resume } = operator.workers;
        return (await (isDraining ? drain : resume).mutate(which)).workers;
      },
    },
    numbers: {
      list: async () => (await numbers.list.query()).numbers,
      lend: (number, project) => numbers.lend.mutate({ number, project }),
      takeBack: (number, project) => numbers.takeBack.mutate({ number, project }),
    },
    keys: {
      create({ name, permissions, projectId, expiresAt, allowedAddresses }) {
        if (name === undefined) throw new CliError("--name: is needed through the api");
        return operator.keys.create.mutate({
          name,
          permissions,
          projectId,
          ...(expiresAt !== undefined && { expiresAt: expiresAt.toISOString() }),
          ...(allowedAddresses !== undefined && { allowedAddresses }),
        });
      },
      list: async (projectId) =>
        (await operator.keys.list.query(projectId === null ? {} : { projectId })).keys,
      rotate: (id, { overlapHours, expiresAt }) =>
        operator.keys.rotate.mutate({
          id,
          overlapHours,
          ...(expiresAt !== undefined && { expiresAt: expiresAt.toISOString() }),
        }),
      revoke: async (id) => (await operator.keys.revoke.mutate({ id, own: true })).revoked,
    },
  };
}

function providerOperations({
  operator,
  system,
}: Pick<CallLogClient, "operator" | "system">): Operations["providers"] {
  const list = async (): Promise<ShownProvider[]> => {
    const { providers } = await operator.health.query();
    return providers.map(({ name, isSimulated, pause }) => {
      const state = pause === null ? ("in use" as const) : ("paused" as const);
      return { name, state, isSimulated, ...pause };
    });
  };
  return {
    list,
    async pause(name, reason) {
      await system.pauseProvider.mutate({ name, reason });
    },
    async resume(name) {
      const wasPaused = (await list()).some((one) => one.name === name && one.state === "paused");
      await system.resumeProvider.mutate({ name });
      return wasPaused;
    },
  };
}
