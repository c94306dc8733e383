import type { Membership, Permission } from "@call-log/model";

import type { ApiKeyDocument } from "./access-documents.ts";

/** A person named by an identity provider. */
export interface Person {
  /** Address of the identity provider. */
  issuer: string;
  /** The person's id there. */
  subject: string;
  name?: string;
  email?: string;
  /** Every scope the person may act in; a session has chosen one. */
  memberships: Membership[];
}

/** The caller: a key, or a person with a session. */
type Who = (
  | {
      keyId: string;
      /** Name of the key. */
      name?: string;
      /** IP addresses and CIDR ranges that the key may be used from; absent for any. */
      allowedAddresses?: string[];
      person?: undefined;
    }
  | { keyId?: undefined; name?: undefined; allowedAddresses?: undefined; person: Person }
) & {
  permissions: Permission[];
  /** The caller's session; absent when a header carried the key. */
  sessionId?: string;
};

/** A caller within one project. */
export type ProjectIdentity = Who & { scope: "project"; projectId: string };

/** A caller as operator of the installation, in no project. */
export type OperatorIdentity = Who & { scope: "installation"; projectId?: undefined };

/** The identity behind a valid key or session. */
export type Authenticated = ProjectIdentity | OperatorIdentity;

/** Identifies the caller for rate limits: the key, or the person across all sessions. */
export function callerId({ keyId, person }: Authenticated): string {
  return person === undefined ? keyId : `person:${person.issuer} ${person.subject}`;
}

/** The identity behind a stored key, whether the key is valid or not. */
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
