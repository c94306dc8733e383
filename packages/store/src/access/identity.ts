import type { Membership, Permission } from "@call-log/model";

import type { ApiKeyDocument } from "./access-documents.ts";

/** A person whom an identity provider has named. */
export interface Person {
  /** Address of the identity provider. */
  issuer: string;
  /** The person's id there. */
  subject: string;
  name?: string;
  email?: string;
  /** All that the person may do, of which a session has chosen one. */
  memberships: Membership[];
}

/** Who asks: a key, or a person by a session. */
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
  /** The session that asks, where it is none of a key in a header. */
  sessionId?: string;
};

/** Who asks for a project: everything is about this project. */
export type ProjectIdentity = Who & { scope: "project"; projectId: string };

/** Who asks as an operator: for the installation and for no project. */
export type OperatorIdentity = Who & { scope: "installation"; projectId?: undefined };

/** What a valid key or session stands for. */
export type Authenticated = ProjectIdentity | OperatorIdentity;

/** Names who asks, to count by: the key, or the person, however many sessions they have. */
export function callerId({ keyId, person }: Authenticated): string {
  return person === undefined ? keyId : `person:${person.issuer} ${person.subject}`;
}

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
