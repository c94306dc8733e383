import type { Permission } from "@call-log/model";

/** What a new key is for. */
export interface NewApiKey {
  /** Absent on an operator's key, which belongs to the installation and has the permission Operator alone. */
  projectId?: string | undefined;
  permissions: Permission[];
  /** For people, such as "Paging service". */
  name?: string;
  /** When the key expires. */
  expiresAt?: Date;
  /** IP addresses and CIDR ranges that it may be used from; absent for any. */
  allowedAddresses?: string[];
  /** Id of the key that it replaces. */
  rotatedFrom?: string;
}
