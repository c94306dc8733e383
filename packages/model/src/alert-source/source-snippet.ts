import type { AlertSourceKind } from "./alert-source-kind.ts";

/** What is pasted into the configuration of a source, by its address. */
const SNIPPETS: Readonly<Record<AlertSourceKind, (url: string, base: string) => string>> = {
  alertmanager: (url) => `# alertmanager.yml
receivers:
  - name: phone
    webhook_configs:
      - url: ${url}
        send_resolved: true
        max_alerts: 1000`,
  grafana: (url) => `# provisioning/alerting/phone.yaml; or Alerting → Contact points → Webhook
apiVersion: 1
contactPoints:
  - orgId: 1
    name: phone
    receivers:
      - uid: call-log-phone
        type: webhook
        settings: { url: "${url}", httpMethod: POST }
        disableResolveMessage: false`,
  "uptime-kuma": (url) => `# Settings → Notifications → Setup Notification
Notification Type: Webhook
Post URL:          ${url}
Request Body:      Preset - application/json`,
  pagerduty: (url, base) => `# The address of events, where a program lets you set it:
${base}/v2/enqueue
# with this routing key (integration key):
${url.split("/").at(-1)}
# or, where the address alone can be set:
${url}`,
  oneuptime: (url) => `# Workflows → On Create Incident, and On Update Incident → API → Post
URL:          ${url}
Request Body: {{local.components.incident-on-create-1.returnValues.model}}`,
  zabbix: (
    url,
  ) => `# Alerts → Media types → Create media type → Webhook: the script is in the guide "Alerts from Zabbix".
Parameter URL: ${url}`,
  json: (url) => `curl -X POST ${url} -H 'Content-Type: application/json' -d @body.json`,
};

/** The lines to paste into the configuration of a program that sends alerts. */
export function sourceSnippet(
  kind: AlertSourceKind,
  { url, token }: { url: string; token: string },
) {
  return SNIPPETS[kind](sourceUrl(kind, { url, token }), url);
}

/** The address that a source posts to. */
export function sourceUrl(kind: AlertSourceKind, { url, token }: { url: string; token: string }) {
  return `${url}/in/${kind}/${token}`;
}
