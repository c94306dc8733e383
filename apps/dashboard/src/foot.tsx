import { RELEASE_VERSION } from "@call-log/model";
import { Group, Text } from "@mantine/core";

import { ZoneName } from "./components/moment.tsx";
import { LanguageSelect } from "./language/language-select.tsx";
import { Trans } from "./language/trans.tsx";

/** The foot of every screen: release, time zone, language. */
export function Foot() {
  return (
    <Group component="footer" justify="center" gap="xs" px="xs" pb="xs">
      <Text size="xs" c="dimmed">
        <Trans
          text="call-log {version} · times are in <zone/>"
          values={{ version: RELEASE_VERSION }}
          parts={{ zone: <ZoneName /> }}
        />
      </Text>
      <LanguageSelect />
    </Group>
  );
}
