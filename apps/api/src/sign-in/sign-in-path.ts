/** Path under the dashboard's address where a person begins to sign in. */
export const SIGN_IN_PATH = "/oidc/sign-in";
