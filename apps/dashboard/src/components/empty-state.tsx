import { Center, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  /** What there is none of, and why, in a sentence. */
  children: ReactNode;
  /** What to do next: a link or a button. */
  action?: ReactNode;
}

/** Empty state: what there is none of, and what to do next. */
export function EmptyState({ children, action }: Props) {
  return (
    <Center mih={160} p="md">
      <Stack align="center" gap="sm">
        <Text c="var(--mantine-color-text)" ta="center" maw={480}>
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}
