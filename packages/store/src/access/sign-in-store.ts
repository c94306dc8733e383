import { createHash } from "node:crypto";

import type { Collection } from "mongodb";

import type { SignInDocument } from "./access-documents.ts";

/** Values that must match when the identity provider redirects the person back. */
export interface PendingSignIn {
  /** The `state` that the identity provider returns in the address. */
  state: string;
  /** Value of a cookie: a sign-in begun in another browser can't be completed by a link. */
  browser: string;
  nonce: string;
  codeVerifier: string;
  /** Path of the page to return to. */
  returnTo: string;
}

/** Longest time a person may take at the identity provider, in seconds. */
export const SIGN_IN_SECONDS = 600;

/** Sign-ins in progress at an identity provider. Each is completed once, by the browser that began it. */
export interface SignInStore {
  begin(signIn: PendingSignIn): Promise<void>;
  /**
   * The sign-in of this state and browser, or undefined when it has expired, was completed, or was begun in another
   * browser.
   */
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
