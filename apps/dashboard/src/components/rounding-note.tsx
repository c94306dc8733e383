import { Text } from "@mantine/core";

import { t } from "../language/translate.ts";
import { addsUpAsShown } from "./rounded-sum.ts";

/** Beside totals: why the parts that are shown with one of them seem to miss it, where they do. Parts in the unit that is shown. */
export function RoundingNote({ sums }: { sums: readonly (readonly number[])[] }) {
  if (sums.every(addsUpAsShown)) return null;
  return (
    <Text size="sm" c="dimmed" data-rounded>
      {t("Each number is rounded by itself; a total is that of the exact numbers.")}
    </Text>
  );
}
