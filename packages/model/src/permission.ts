import { z } from "zod";

/** What an operation is allowed by. */
export type Operation = "read" | "dispatch" | "administer";

/** Every permission a key can have, with the operations it allows. */
export const PERMISSIONS = {
  "Project Owner": ["read", "dispatch", "administer"],
  "Project Admin": ["read", "dispatch", "administer"],
  "Project Member": ["read", "dispatch"],
  Viewer: ["read"],
  "Read Call Log": ["read"],
  "Read All Project Resources": ["read"],
  "Dispatch Call": ["dispatch"],
} as const satisfies Record<string, readonly Operation[]>;

/** Name of a permission, as the reference page writes it. */
export type Permission = keyof typeof PERMISSIONS;

/** All permissions. */
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/** A permission by its name. */
export const permission = z.enum(PERMISSION_NAMES, {
  error: `must be one of: ${PERMISSION_NAMES.join(", ")}`,
});

/** Permissions of which one is needed for an operation. */
export function permissionsFor(operation: Operation): Permission[] {
  return PERMISSION_NAMES.filter((name) =>
    (PERMISSIONS[name] as readonly Operation[]).includes(operation),
  );
}

/** True when one of the permissions allows the operation. */
export function isAllowed(permissions: readonly Permission[], operation: Operation): boolean {
  return permissions.some((name) =>
    (PERMISSIONS[name] as readonly Operation[]).includes(operation),
  );
}
