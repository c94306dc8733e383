import { Center, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** What stands where there is nothing to show. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <Center mih={160} p="md">
      <Text c="var(--mantine-color-text)" ta="center">
        {children}
      </Text>
    </Center>
  );
}
