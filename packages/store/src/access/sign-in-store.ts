import { createHash } from "node:crypto";

import type { Collection } from "mongodb";

import type { SignInDocument } from "./access-documents.ts";

/** What has to be the same when a person comes back from the identity provider. */
export interface PendingSignIn {
  /** Value that the identity provider gives back in the address. */
  state: string;
  /** Value of a cookie, so that nobody is signed in by a link that another browser began. */
  browser: string;
  nonce: string;
  codeVerifier: string;
  /** Path of the page that was wanted. */
  returnTo: string;
}

/** How long a person may take at the identity provider, in seconds. */
export const SIGN_IN_SECONDS = 600;

/** Sign-ins that have begun at an identity provider. Each is completed once, by the browser that began it. */
export interface SignInStore {
  begin(signIn: PendingSignIn): Promise<void>;
  /** What has begun under this state in this browser, or undefined when it is over, was taken, or began elsewhere. */
  take(state: string, browser: string): Promise<Omit<PendingSignIn, "browser"> | undefined>;
}

/** The sign-ins in a MongoDB collection. */
export function createSignInStore(deps: {
  signIns: Collection<SignInDocument>;
  now: () => Date;
}): SignInStore {
  const { signIns, now } = deps;
  return {
    async begin({ state, browser, ...signIn }) {
      const endsAt = new Date(now().getTime() + SIGN_IN_SECONDS * 1000);
      await signIns.insertOne({
        _id: hashOf(state),
        browser: hashOf(browser),
        ...signIn,
        endsAt,
      });
    },

    async take(state, browser) {
      const found = await signIns.findOneAndDelete({
        _id: hashOf(state),
        browser: hashOf(browser),
        endsAt: { $gt: now() },
      });
      if (found === null) return undefined;
      const { nonce, codeVerifier, returnTo } = found;
      return { state, nonce, codeVerifier, returnTo };
    },
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
