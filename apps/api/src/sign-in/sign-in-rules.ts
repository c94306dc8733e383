import type { SignInRules } from "@call-log/router";
import { type OidcSettings, oidcSettings, type SignInConfig, StartError } from "@call-log/runtime";
import type { Store } from "@call-log/store";

/** How people come into the dashboard by these settings; throws a StartError for a project that does not exist. */
export async function readSignIn(
  store: Pick<Store, "projects">,
  config: SignInConfig,
  ownUrl: string | undefined,
): Promise<{ signIn: SignInRules; oidc: OidcSettings | undefined }> {
  const oidc = oidcSettings(config, ownUrl);
  const grants = (oidc && config.OIDC_GROUPS) ?? [];
  for (const [index, { project }] of grants.entries())
    if (project !== undefined && (await store.projects.find(project)) === undefined)
      throw new StartError(`OIDC_GROUPS.${index}.project: there is no project ${project}`);
  const life = { seconds: config.SESSION_SECONDS, idleSeconds: config.SESSION_IDLE_SECONDS };
  return { signIn: { life, withApiKey: config.SIGN_IN_WITH_API_KEY, grants }, oidc };
}
