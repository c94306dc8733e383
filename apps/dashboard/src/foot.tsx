import { RELEASE_VERSION } from "@call-log/model";
import { Group, Text } from "@mantine/core";

import { LanguageSelect } from "./language/language-select.tsx";

/** The foot of every screen: release and language. */
export function Foot() {
  return (
    <Group component="footer" justify="center" gap="xs" px="xs" pb="xs">
      <Text size="xs" c="dimmed">
        {`call-log ${RELEASE_VERSION}`}
      </Text>
      <LanguageSelect />
    </Group>
  );
}
