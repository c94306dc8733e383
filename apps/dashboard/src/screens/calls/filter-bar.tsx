import { Button, Group, Pill } from "@mantine/core";
import type { ReactNode } from "react";

import { AddFilter } from "./add-filter.tsx";
import { chosenFilters, NO_FILTERS } from "./calls-filter.ts";
import { SavedViews } from "./saved-views.tsx";
import { TimeRangeMenu } from "./time-range-menu.tsx";
import type { AddressProps } from "./use-address.ts";

/** The active filters as chips, and controls to add more. */
export function FilterBar({ address, set, children }: AddressProps & { children: ReactNode }) {
  const chosen = chosenFilters(address);
  return (
    <Group gap="xs">
      <AddFilter address={address} set={set} />
      <TimeRangeMenu address={address} set={set} />
      {chosen.map(({ filter, value }) => (
        <Pill
          key={filter.param}
          size="md"
          maw="100%"
          withRemoveButton
          onRemove={() => set({ [filter.param]: undefined })}
          removeButtonProps={{
            "aria-label": `Remove the filter ${filter.label}`,
            tabIndex: 0,
            "aria-hidden": false,
          }}
        >
          {filter.label}: <bdi>{filter.show?.(value) ?? value.replaceAll(",", ", ")}</bdi>
        </Pill>
      ))}
      {chosen.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => set(NO_FILTERS)}>
          Clear
        </Button>
      )}
      <SavedViews address={address} set={set} />
      {children}
    </Group>
  );
}
