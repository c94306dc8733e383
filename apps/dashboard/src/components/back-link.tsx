import { Anchor, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";

/** The way back to the list that a page belongs to. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} size="sm" underline="always">
      <Group gap={4} display="inline-flex">
        <IconArrowLeft size={14} className="along-line" aria-hidden />
        {children}
      </Group>
    </Anchor>
  );
}
