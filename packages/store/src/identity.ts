import type { Permission } from "@call-log/model";

import type { ApiKeyDocument } from "./collections.ts";

/** Who asks with a key of a project: everything is about this project. */
export interface ProjectIdentity {
  scope: "project";
  keyId: string;
  projectId: string;
  permissions: Permission[];
  /** Name of the key. */
  name?: string;
  /** IP addresses and CIDR ranges that the key may be used from; absent for any. */
  allowedAddresses?: string[];
}

/** Who asks with an operator's key: it belongs to the installation and to no project. */
export interface OperatorIdentity {
  scope: "installation";
  keyId: string;
  projectId?: undefined;
  permissions: Permission[];
  /** Name of the key. */
  name?: string;
  /** IP addresses and CIDR ranges that the key may be used from; absent for any. */
  allowedAddresses?: string[];
}

/** What a valid key stands for. */
export type Authenticated = ProjectIdentity | OperatorIdentity;

/** What a key's document stands for, whether it is valid or not. */
export function identityOf(document: ApiKeyDocument): Authenticated {
  const { keyId, projectId, permissions, name, allowedAddresses } = document;
  const key = {
    keyId,
    permissions,
    ...(name !== undefined && { name }),
    ...(allowedAddresses !== undefined && { allowedAddresses }),
  };
  return projectId === undefined
    ? { scope: "installation", ...key }
    : { scope: "project", projectId, ...key };
}
