import type { Attempt, Project } from "@call-log/model";
import type { Provider } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";

/** The providers of this installation. */
export type Providers = Pick<DispatchContext, "providers">;

/** The provider of this name, or undefined when it is not set up here. */
export function providerNamed(
  { providers }: Providers,
  name: string | undefined,
): Provider | undefined {
  return name !== undefined && Object.hasOwn(providers, name) ? providers[name] : undefined;
}

/**
 * The provider that an attempt was handed to. Throws when it is not set up here, so that the call is looked at again
 * later.
 */
export function providerOf(context: Providers, { _id, provider: name }: Attempt): Provider {
  const provider = providerNamed(context, name);
  if (provider === undefined) throw new Error(`provider of attempt ${_id} is not set up`);
  return provider;
}

/**
 * Names of a project's providers, the preferred one first: its own, or all of the installation when it names none.
 * Names that are not set up are left out.
 */
export function chainOf(
  context: Providers,
  { providerChain: named }: Pick<Project, "providerChain">,
): string[] {
  if (named.length === 0) return Object.keys(context.providers);
  return named.filter((name) => providerNamed(context, name) !== undefined);
}

/** The chain of the project of this id; empty when there is no such project. */
export async function providerChain(
  context: Providers & Pick<DispatchContext, "projects">,
  projectId: string,
): Promise<string[]> {
  const project = await context.projects.find(projectId);
  return project === undefined ? [] : chainOf(context, project);
}

/** Name of the provider that an attempt goes to: the one its plan names, else the first of the chain. */
export function chooseProvider(
  { provider }: Pick<Attempt, "provider">,
  chain: readonly string[],
): string | undefined {
  return provider !== undefined && chain.includes(provider) ? provider : chain[0];
}
