import { Button, Group, Pill, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { TimeRangePicker } from "../../components/time-range/time-range-picker.tsx";
import { rangeOf } from "../../components/time-range/time-range.ts";
import { ZONE } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { AddFilter } from "./add-filter.tsx";
import { NO_FILTERS, shownFilters } from "./calls-filter.ts";
import { SavedViews } from "./saved-views.tsx";
import type { AddressProps } from "./use-address.ts";

/** The active filters as chips, and controls to add more. */
export function FilterBar({ address, set, children }: AddressProps & { children: ReactNode }) {
  const chosen = shownFilters(address);
  return (
    <Group gap="xs">
      <AddFilter address={address} set={set} />
      <TimeRangePicker range={rangeOf(address, { now: new Date(), zone: ZONE })} set={set} />
      {chosen.map(({ filter, value }) => (
        <Pill
          key={filter.param}
          size="md"
          maw="100%"
          withRemoveButton
          onRemove={() => set({ [filter.param]: undefined })}
          removeButtonProps={{
            "aria-label": t("Remove the filter {filter}", { filter: filter.label }),
            tabIndex: 0,
            "aria-hidden": false,
          }}
        >
          {filter.label}: <bdi>{filter.show?.(value, address) ?? value.replaceAll(",", ", ")}</bdi>
        </Pill>
      ))}
      {chosen.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => set(NO_FILTERS)}>
          {t("Clear")}
        </Button>
      )}
      {address.has("masked") && address.has("text") && (
        <Text size="sm">
          {t(
            "Numbers, names, texts and tags are masked for you, so the text is searched in ids only.",
          )}
        </Text>
      )}
      <SavedViews address={address} set={set} />
      {children}
    </Group>
  );
}
