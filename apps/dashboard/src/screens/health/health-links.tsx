import type { Operation } from "@call-log/model";
import { Anchor, Group } from "@mantine/core";
import { Link } from "wouter";

import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";

/** Screens about what goes in and out, each with the right that it takes. */
const PLACES: readonly { href: string; label: string; needs: Operation }[] = [
  { href: "/refused", label: t("Refused requests"), needs: "read" },
  { href: "/webhooks", label: t("Webhooks and deliveries"), needs: "read" },
  { href: "/alert-sources", label: t("Alert sources"), needs: "administer" },
  { href: "/audit", label: t("Audit trail"), needs: "administer" },
];

/** Links to the screens that explain a problem, for those who may see them. */
export function HealthLinks() {
  const { may } = useSignedIn();
  return (
    <Panel title={t("Look further")}>
      <Group gap="md">
        {PLACES.filter(({ needs }) => may.includes(needs)).map(({ href, label }) => (
          <Anchor key={href} component={Link} href={href} underline="always">
            {label}
          </Anchor>
        ))}
      </Group>
    </Panel>
  );
}
