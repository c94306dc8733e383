import type { Operation, Permission } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Each permission of a key. */
const NAMES: Readonly<Record<Permission, () => string>> = {
  "Project Owner": () => tIn("permission", "Project Owner"),
  "Project Admin": () => tIn("permission", "Project Admin"),
  "Project Member": () => tIn("permission", "Project Member"),
  Viewer: () => tIn("permission", "Viewer"),
  "Read Call Log": () => tIn("permission", "Read Call Log"),
  "Read All Project Resources": () => tIn("permission", "Read All Project Resources"),
  "Read Masked Call Log": () => tIn("permission", "Read Masked Call Log"),
  "Dispatch Call": () => tIn("permission", "Dispatch Call"),
  Operator: () => tIn("permission", "Operator"),
};

/** What permissions allow. */
const OPERATIONS: Readonly<Record<Operation, () => string>> = {
  read: () => tIn("operation", "read"),
  "see-numbers": () => tIn("operation", "see-numbers"),
  dispatch: () => tIn("operation", "dispatch"),
  administer: () => tIn("operation", "administer"),
  operate: () => tIn("operation", "operate"),
};

/** What a permission allows, in the active language. */
export function operationName(operation: Operation): string {
  return OPERATIONS[operation]();
}

/** A permission of a key in the active language; one of another release stays as it is. */
export function permissionName(permission: string): string {
  return Object.hasOwn(NAMES, permission) ? NAMES[permission as Permission]() : permission;
}
