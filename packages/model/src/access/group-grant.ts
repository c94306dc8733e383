import { z } from "zod";

import { objectId } from "../value/object-id.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { isOfInstallation, permission, type Permission } from "./permission.ts";

const FORM =
  'must be JSON such as [{"group": "oncall", "project": "<id>", "permissions": ["Project Member"]}]';

const groupGrant = onlyKeys({
  group: z
    .string({ error: "must be the name of a group, as the identity provider writes it" })
    .min(1, { error: "must not be empty" }),
  project: objectId.optional(),
  permissions: z
    .array(permission, { error: "must be a list of permissions" })
    .min(1, { error: "must hold at least one permission" }),
}).superRefine(({ project, permissions }, context) => {
  const isProjects = project !== undefined;
  const wrong = permissions.find((name) => isOfInstallation(name) === isProjects);
  if (wrong === undefined) return;
  const message = isProjects
    ? `${wrong} is about the installation; leave project out`
    : `${wrong} is about a project; name it`;
  context.addIssue({ code: "custom", path: ["project"], message });
});

/** What a group of the identity provider may do: in one project, or, without one, in the installation. */
export type GroupGrant = z.output<typeof groupGrant>;

/** Setting: what each group may do, as JSON text. */
export const groupGrants = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: FORM });
      return z.NEVER;
    }
  })
  .pipe(z.array(groupGrant, { error: FORM }).min(1, { error: "must hold at least one group" }));

/** What a person may do in one project, or, where that is null, in the installation. */
export interface Membership {
  projectId: string | null;
  permissions: Permission[];
}

/** What the groups of a person give together, projects in the order of the settings. */
export function membershipsOf(
  groups: readonly string[],
  grants: readonly GroupGrant[],
): Membership[] {
  const byProject = new Map<string | null, Set<Permission>>();
  for (const { group, project = null, permissions } of grants) {
    if (!groups.includes(group)) continue;
    const given = byProject.get(project) ?? new Set();
    for (const one of permissions) given.add(one);
    byProject.set(project, given);
  }
  return [...byProject].map(([projectId, given]) => ({ projectId, permissions: [...given] }));
}
