/** A silence, as far as it is shown here. */
export interface Silence {
  id: string;
  endsAt: string;
  createdBy: string;
  comment: string;
  status: { state: string };
}

/** An alert, as far as it is looked at here. */
export interface ShownAlert {
  labels: Record<string, string>;
  status: { state: string; silencedBy: string[] };
}

/** What Alertmanager knows, by its API. */
export interface AlertmanagerApi {
  silences(): Promise<Silence[]>;
  alert(name: string): Promise<ShownAlert | undefined>;
  /** How many notifications it has sent to webhooks. */
  sent(): Promise<number>;
}

/** Ask an Alertmanager at this address. */
export function alertmanagerApi(url: string): AlertmanagerApi {
  const read = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
  return {
    silences: () => read("/api/v2/silences") as Promise<Silence[]>,

    async alert(name) {
      const alerts = (await read("/api/v2/alerts")) as ShownAlert[];
      return alerts.find(({ labels }) => labels["alertname"] === name);
    },

    async sent() {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const counts = metrics.matchAll(
        /^alertmanager_notifications_total\{.*integration="webhook".*\} (\d+)/gm,
      );
      return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
    },
  };
}
