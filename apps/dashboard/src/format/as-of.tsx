import { Text } from "@mantine/core";

import { clockTime } from "./time.ts";

/** When what is shown was so, for what is not live; `at` in milliseconds since 1970, 0 for nothing that is shown. */
export function AsOf({ at }: { at: number }) {
  if (at === 0) return null;
  return (
    <Text size="sm" component="span" data-as-of>
      as of <span className="number">{clockTime(new Date(at).toISOString())}</span>
    </Text>
  );
}
