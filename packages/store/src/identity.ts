import type { Permission } from "@call-log/model";

import type { ApiKeyDocument } from "./collections.ts";

/** Who asks with a key of a project: everything is about this project. */
export interface ProjectIdentity {
  scope: "project";
  keyId: string;
  projectId: string;
  permissions: Permission[];
}

/** Who asks with an operator's key: it belongs to the installation and to no project. */
export interface OperatorIdentity {
  scope: "installation";
  keyId: string;
  projectId?: undefined;
  permissions: Permission[];
}

/** What a valid key stands for. */
export type Authenticated = ProjectIdentity | OperatorIdentity;

/** What a key's document stands for, whether it is valid or not. */
export function identityOf({ keyId, projectId, permissions }: ApiKeyDocument): Authenticated {
  return projectId === undefined
    ? { scope: "installation", keyId, permissions }
    : { scope: "project", keyId, projectId, permissions };
}
