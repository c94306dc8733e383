/** Guides whose blocks are run on an installation, each from top to bottom (`docs/guides.test.ts`). */
export const PAGES_RUN: readonly string[] = [
  "docs/guides/start.md",
  "docs/guides/from-an-app.md",
  "docs/guides/from-a-pipeline.md",
  "docs/guides/from-alertmanager-and-grafana.md",
  "docs/guides/alerts-in.md",
  "docs/guides/alerts-from-uptime-kuma.md",
  "docs/guides/alerts-from-pagerduty.md",
  "docs/guides/alerts-from-oneuptime.md",
  "docs/guides/alerts-from-zabbix.md",
  "docs/guides/alerts-from-json.md",
  "docs/guides/from-any-language.md",
  "docs/guides/wait-for-a-call.md",
  "docs/guides/webhooks.md",
  "docs/guides/twilio.md",
  "docs/guides/telnyx.md",
  "docs/guides/from-oneuptime.md",
];

/** Pages with blocks that are run or checked by another test, by that test. */
export const PAGES_TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  "README.md": "docs/readme.test.ts",
  "docs/guides/operate.md": "docs/readme.test.ts",
  "docs/reference/queue.md": "docs/readme.test.ts",
  "docs/guides/add-a-provider.md": "docs/add-a-provider.test.ts",
};

/** Guides whose shell blocks run other software on a server, with what that is. */
export const PAGES_NOT_RUN: Readonly<Record<string, string>> = {
  "docs/guides/assistants.md": "Claude Code; apps/api/src/mcp tries both transports",
  "docs/guides/install.md": "Docker Compose, systemd",
  "docs/guides/install-package.md": "npm pack in an empty folder, which .ci/packages does",
  "docs/guides/release.md": "the release itself, which .ci/run tries without publishing",
  "docs/guides/backup.md":
    "MongoDB's tools, and files of the installation; the tests of the commands run both",
  "docs/guides/traces.md": "a collector of OpenTelemetry",
  "docs/guides/kubernetes.md": "Helm, kubectl",
};
