import { z } from "zod";

/**
 * What a key may do. `see-numbers` shows phone numbers in full; `read` alone masks them. `operate` concerns the installation; every other operation concerns one project.
 */
export type Operation = "read" | "see-numbers" | "dispatch" | "administer" | "operate";

/** What a key of a project may do. */
export type ProjectOperation = Exclude<Operation, "operate">;

/** Every permission a key can have, with the operations it allows. */
export const PERMISSIONS = {
  "Project Owner": ["read", "see-numbers", "dispatch", "administer"],
  "Project Admin": ["read", "see-numbers", "dispatch", "administer"],
  "Project Member": ["read", "see-numbers", "dispatch"],
  Viewer: ["read", "see-numbers"],
  "Read Call Log": ["read", "see-numbers"],
  "Read All Project Resources": ["read", "see-numbers"],
  "Read Masked Call Log": ["read"],
  "Dispatch Call": ["dispatch"],
  Operator: ["operate"],
} as const satisfies Record<string, readonly Operation[]>;

/** Name of a permission, as the reference page writes it. */
export type Permission = keyof typeof PERMISSIONS;

/** All permissions. */
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/** A permission by its name. */
export const permission = z.enum(PERMISSION_NAMES, {
  error: `must be one of: ${PERMISSION_NAMES.join(", ")}`,
});

/** The permissions that allow an operation; one of them is enough. */
export function permissionsFor(operation: Operation): Permission[] {
  return PERMISSION_NAMES.filter((name) =>
    (PERMISSIONS[name] as readonly Operation[]).includes(operation),
  );
}

/** True for a permission of keys that belong to the installation; the others are for keys of a project. */
export function isOfInstallation(name: Permission): boolean {
  return (PERMISSIONS[name] as readonly Operation[]).includes("operate");
}

/** True when one of the permissions allows the operation. */
export function isAllowed(permissions: readonly Permission[], operation: Operation): boolean {
  return permissions.some((name) =>
    (PERMISSIONS[name] as readonly Operation[]).includes(operation),
  );
}
