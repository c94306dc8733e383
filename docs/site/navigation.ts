/** A page in the sidebar: its file in the checkout, and a shorter name than its heading has. */
export interface Entry {
  file: string;
  name?: string;
}

/** A group of the sidebar; `rest` names the folder whose pages go here unless another group has them. */
export interface Section {
  title: string;
  entries: readonly Entry[];
  rest?: string;
}

const guide = (file: string, name?: string) => entry(`docs/guides/${file}.md`, name);
const reference = (file: string, name?: string) => entry(`docs/reference/${file}.md`, name);

function entry(file: string, name?: string): Entry {
  return name === undefined ? { file } : { file, name };
}

/** The sidebar, by what a reader wants to do. A new page of a folder appears at the end of that folder's group by itself. */
export const SECTIONS: readonly Section[] = [
  {
    title: "Start",
    entries: [
      guide("start"),
      guide("install-package", "Install the package"),
      guide("dashboard", "The dashboard"),
      entry("docs/README.md", "All pages, by role"),
    ],
  },
  {
    title: "Place calls",
    entries: [
      guide("from-an-app", "From an app"),
      guide("from-a-pipeline", "From a pipeline"),
      guide("alerts-in", "From alerts, without code"),
      guide("from-alertmanager-and-grafana", "From Alertmanager and Grafana"),
      guide("alerts-from-uptime-kuma", "From Uptime Kuma"),
      guide("alerts-from-pagerduty", "From PagerDuty's events"),
      guide("alerts-from-oneuptime", "From OneUptime's incidents"),
      guide("alerts-from-zabbix", "From Zabbix"),
      guide("alerts-from-json", "From any JSON"),
      reference("back-to-the-source", "Silence what was acknowledged"),
      guide("from-any-language", "From any language"),
      entry("clients/python/README.md", "From Python"),
      guide("wait-for-a-call", "Wait for a call"),
      guide("assistants", "Assistants (MCP)"),
      guide("webhooks", "Get events by webhook"),
      reference("events", "Events"),
      reference("questions", "Questions and keys"),
      entry("examples/README.md", "Examples"),
      entry("examples/voice-agent/README.md", "A voice agent"),
    ],
  },
  {
    title: "Carriers",
    entries: [
      guide("twilio", "Twilio, step by step"),
      guide("telnyx", "Telnyx, step by step"),
      guide("real-calls", "Several accounts, fail-over"),
      reference("caller-ids", "Caller IDs"),
      guide("add-a-provider", "Add a provider"),
    ],
  },
  {
    title: "Operate",
    rest: "docs/guides",
    entries: [
      guide("production", "Going to production"),
      guide("install", "Docker Compose, systemd"),
      guide("kubernetes", "Kubernetes"),
      guide("operate", "Day to day"),
      guide("reverse-proxy", "Reverse proxy and TLS"),
      guide("sign-in", "Sign in"),
      guide("traces", "Traces"),
      reference("serving", "Probes, stopping, log"),
      reference("waiting", "When a call waits"),
      reference("metrics", "Metrics"),
      reference("alerts", "Alerts"),
      reference("problems", "Problems that it reports"),
      reference("upgrades", "Upgrade"),
      guide("backup", "Back up and restore"),
      reference("data-folder", "The data folder"),
      reference("keys", "Keys and secrets"),
      reference("reliability", "Reliability"),
      reference("scale", "Scale"),
      entry("bench/RESULTS.md", "Measured speed"),
      entry("SECURITY.md", "Security"),
      entry("CHANGELOG.md", "Changes"),
    ],
  },
  {
    title: "Reference",
    rest: "docs/reference",
    entries: [
      reference("call-request", "Call request"),
      reference("project-settings", "Project settings"),
      reference("settings", "Settings"),
      reference("statuses", "Statuses and outcomes"),
      reference("errors", "Errors"),
      reference("limits", "Limits"),
      reference("permissions", "Permissions"),
      reference("api", "REST API"),
      reference("figures", "Figures"),
      reference("call-log-example", "A call log"),
      reference("queue", "Queue"),
      reference("command-line", "Command line"),
      entry("packages/client/README.md", "TypeScript client"),
      entry("packages/provider/README.md", "Simulated numbers"),
    ],
  },
  {
    title: "Migrate",
    entries: [guide("from-oneuptime", "From OneUptime")],
  },
  { title: "Decisions", rest: "docs/decisions", entries: [] },
];
