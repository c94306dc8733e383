import { Text } from "@mantine/core";

import { Trans } from "../language/trans.tsx";
import { clockTime } from "./time.ts";

/** Time of the shown data, if it is not live, by the clock that the head of the screen names; `at` in milliseconds since 1970, 0 if nothing is shown. */
export function AsOf({ at }: { at: number }) {
  if (at === 0) return null;
  return (
    <Text size="sm" component="span" data-as-of>
      <Trans
        text="as of <time/>"
        parts={{ time: <span className="number">{clockTime(new Date(at).toISOString())}</span> }}
      />
    </Text>
  );
}
