import { Skeleton } from "@mantine/core";

import { t } from "../language/translate.ts";

interface Props {
  /** Height in pixels of what is loading, so that nothing below moves when it comes. */
  h: number;
  /** What is loading. */
  label?: string;
}

/** Placeholder of something that loads; a screen reader is informed. */
export function Loading({ h, label = t("Loading") }: Props) {
  return <Skeleton h={h} role="status" aria-label={label} aria-busy />;
}
