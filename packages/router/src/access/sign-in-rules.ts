import type { GroupGrant } from "@call-log/model";
import type { SessionLife } from "@call-log/store";

/** How people come into the dashboard, and for how long. */
export interface SignInRules {
  life: SessionLife;
  /** Whether an API key begins a session; those that began with one are over when it no longer does. */
  withApiKey: boolean;
  /** What groups of the identity provider may do; none without an identity provider. */
  grants: readonly GroupGrant[];
}
