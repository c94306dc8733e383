import type { Permission } from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";

/** An API key as its document holds it; the key itself is nowhere. */
export interface ApiKeyDocument extends CountedDocument {
  /** SHA-256 of the key in hexadecimal. */
  _id: string;
  /** Public name of the key, to list and revoke it by. */
  keyId: string;
  /** The project that it belongs to; absent on an operator's key, which belongs to the installation. */
  projectId?: string;
  permissions: Permission[];
  name?: string;
  createdAt: Date;
  expiresAt?: Date;
  revokedAt?: Date;
  /** IP addresses and CIDR ranges that it may be used from; absent for any. */
  allowedAddresses?: string[];
  /** Within a minute, and from where. */
  lastUsedAt?: Date;
  lastUsedFrom?: string;
  /** Ids of the keys that a rotation has put in its place, and that it was put in place of. */
  rotatedTo?: string;
  rotatedFrom?: string;
}

/** Whose session it is: of whoever has a key, or of a person that the identity provider has named. */
export type SessionHolder =
  | { kind: "key"; keyId: string }
  | {
      kind: "person";
      /** Address of the identity provider. */
      issuer: string;
      /** The person's id there. */
      subject: string;
      name?: string;
      email?: string;
      /** Those of the person's groups that the settings give permissions to. */
      groups: string[];
    };

/** A session of the dashboard; the value of its cookie is nowhere. */
export interface SessionDocument {
  /** SHA-256 of the cookie's value in hexadecimal. */
  _id: string;
  holder: SessionHolder;
  /** Names the holder, to find all of its sessions. */
  holderId: string;
  /** The project that a person has chosen; absent for the installation, and for the session of a key. */
  projectId?: string;
  createdAt: Date;
  /** Within a minute. */
  lastSeenAt: Date;
  /** When the TTL index removes it, at the latest. */
  endsAt: Date;
  /** From where it began, for the list of sessions. */
  address?: string;
  userAgent?: string;
}

/** A sign-in that has begun at an identity provider and is not complete. */
export interface SignInDocument {
  /** SHA-256 of its state in hexadecimal. */
  _id: string;
  /** SHA-256 of what names the browser that it began in. */
  browser: string;
  nonce: string;
  codeVerifier: string;
  returnTo: string;
  /** When the TTL index removes it, at the latest. */
  endsAt: Date;
}
