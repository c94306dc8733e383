import type { ApiDependencies } from "../api-dependencies.ts";
import { SIGN_IN_PATH } from "./sign-in-path.ts";

/** How a person may sign in, for the sign-in page: with an API key, at this address of an identity provider's client. */
export function signInMethods({ signIn, oidc }: Pick<ApiDependencies, "signIn" | "oidc">) {
  return {
    apiKey: signIn.withApiKey,
    // The whole address, since the identity provider leads back to this host and the cookie has to be of the same.
    oidcUrl: oidc === undefined ? null : `${oidc.dashboardUrl}${SIGN_IN_PATH}`,
  };
}
