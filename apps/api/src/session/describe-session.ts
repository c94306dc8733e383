import { type Operation, PERMISSIONS } from "@call-log/model";
import type { Authenticated } from "@call-log/store";

import type { ApiDependencies } from "../api-dependencies.ts";

/** The signed-in caller, their operations, and a person's other projects. */
export async function describeSession(
  { store, providers }: Pick<ApiDependencies, "store" | "providers">,
  { projectId, permissions, keyId, person }: Authenticated,
) {
  const may = new Set<Operation>(permissions.flatMap((name) => [...PERMISSIONS[name]]));
  const named = async (id: string) => ({
    _id: id,
    name: (await store.projects.find(id))?.name ?? id,
  });
  const memberships = person?.memberships ?? [];
  return {
    // An operator belongs to no project.
    project: projectId === undefined ? null : await named(projectId),
    keyId: keyId ?? null,
    person:
      person === undefined ? null : { name: person.name ?? null, email: person.email ?? null },
    permissions,
    may: [...may],
    /** Where a person may go; null is the installation. */
    projects: await Promise.all(
      memberships.map(async ({ projectId: id }) => (id === null ? null : named(id))),
    ),
    providers: Object.keys(providers),
  };
}
