import { Center, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Empty state: text and an optional action. */
export function EmptyState({ children }: { children: ReactNode }) {
  return (
    <Center mih={160} p="md">
      <Text c="var(--mantine-color-text)" ta="center">
        {children}
      </Text>
    </Center>
  );
}
