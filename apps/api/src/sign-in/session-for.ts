import { type GroupGrant, membershipsOf } from "@call-log/model";
import type { NewSession } from "@call-log/store";

import type { NamedPerson } from "./oidc-client.ts";

/** The session of a person by the settings, in the first project that one of their groups is named for; undefined for a person of no such group. */
export function sessionFor(
  { groups, ...person }: NamedPerson,
  grants: readonly GroupGrant[],
): Pick<NewSession, "holder" | "projectId"> | undefined {
  const [first] = membershipsOf(groups, grants);
  if (first === undefined) return undefined;
  const known = new Set(grants.map(({ group }) => group));
  return {
    holder: { kind: "person", ...person, groups: groups.filter((group) => known.has(group)) },
    projectId: first.projectId ?? undefined,
  };
}
