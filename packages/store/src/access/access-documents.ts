import type { Permission } from "@call-log/model";

import type { CountedDocument } from "../audit/audit-document.ts";

/** An API key as it is stored: a hash, never the key itself. */
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
  /** Time (accurate to a minute) and address of the last use. */
  lastUsedAt?: Date;
  lastUsedFrom?: string;
  /** Ids of the key that replaced this one, and of the key that it replaced, by rotation. */
  rotatedTo?: string;
  rotatedFrom?: string;
}

/** Whose session it is: the holder of a key, or a person named by the identity provider. */
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
      /** The person's groups that have permissions in the settings. */
      groups: string[];
    };

/** A session of the dashboard; only a hash of its cookie is stored. */
export interface SessionDocument {
  /** SHA-256 of the cookie's value in hexadecimal. */
  _id: string;
  holder: SessionHolder;
  /** Identifies the holder, to find all of its sessions. */
  holderId: string;
  /** The project that a person has chosen; absent for the installation, and for the session of a key. */
  projectId?: string;
  createdAt: Date;
  /** Within a minute. */
  lastSeenAt: Date;
  /** When the TTL index removes it, at the latest. */
  endsAt: Date;
  /** The address that it was begun from, for the list of sessions. */
  address?: string;
  userAgent?: string;
}

/** A sign-in that was begun at an identity provider and is not complete. */
export interface SignInDocument {
  /** SHA-256 of its state in hexadecimal. */
  _id: string;
  /** SHA-256 of the cookie that identifies the browser in which it was begun. */
  browser: string;
  nonce: string;
  codeVerifier: string;
  returnTo: string;
  /** When the TTL index removes it, at the latest. */
  endsAt: Date;
}
