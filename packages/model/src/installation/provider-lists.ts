/** A process of the installation, as far as it concerns who places the calls. */
export interface ProviderHost {
  /** What it is: `api`, `worker`, `standalone`. */
  role: string;
  host: string;
  pid: number;
  /** Its provider accounts, in their order. */
  providers: readonly string[];
}

/** A list of provider accounts, and which processes have it. */
export interface ProviderList {
  providers: string[];
  /** Such as `worker node-1:4711`. */
  processes: string[];
}

/**
 * The lists of provider accounts that processes were started with; more than one means that PROVIDER differs between
 * them.
 */
export function providerLists(hosts: readonly ProviderHost[]): ProviderList[] {
  const lists = new Map<string, ProviderList>();
  for (const { role, host, pid, providers } of hosts) {
    const key = providers.join(",");
    const list = lists.get(key) ?? { providers: [...providers], processes: [] };
    list.processes.push(`${role} ${host}:${pid}`);
    lists.set(key, list);
  }
  return [...lists.values()];
}

/** The lists in one line, such as `simulated (api node-1:12), twilio (worker node-2:7)`. */
export function providerListsText(lists: readonly ProviderList[]): string {
  return lists
    .map(({ providers, processes }) => `${providers.join(",")} (${processes.join(", ")})`)
    .join("; ");
}

/** What a start, the health and the dashboard say of a provider that places no calls. */
export const SIMULATED_WARNING = "the simulated provider: no phone rings";
