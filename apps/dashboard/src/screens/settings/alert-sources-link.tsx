import { Button, Group, Text } from "@mantine/core";
import { Link } from "wouter";

import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";

/** The way to the programs that send alerts. */
export function AlertSourcesLink() {
  return (
    <Panel title={t("Alert sources")}>
      <Text size="sm">
        {t(
          "Prometheus, Grafana, Uptime Kuma and others can post their alerts, and somebody is called for them.",
        )}
      </Text>
      <Group>
        <Button component={Link} href="/alert-sources" variant="default">
          {t("Alert sources")}
        </Button>
      </Group>
    </Panel>
  );
}
