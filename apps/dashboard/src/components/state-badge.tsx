import { Badge, type BadgeProps } from "@mantine/core";
import type { ReactNode } from "react";

import type { Tone } from "../design/tokens.ts";

interface Props extends Pick<BadgeProps, "size" | "miw"> {
  /** What the state means. @defaultValue neutral */
  tone?: Tone;
  children: ReactNode;
}

/** A state of anything but a call, outlined in the colour of its meaning; a call's is a `StatusPill`. */
export function StateBadge({ tone = "neutral", children, ...layout }: Props) {
  return (
    <Badge variant="outline" color={tone} c="var(--mantine-color-text)" {...layout}>
      {children}
    </Badge>
  );
}
