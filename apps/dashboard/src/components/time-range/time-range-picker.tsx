import { Button, Group, NativeSelect, Popover, Stack } from "@mantine/core";
import { IconChevronDown, IconClock } from "@tabler/icons-react";
import { useState } from "react";

import { ZONE } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { useProjectZone } from "../../session/project-zone.ts";
import { MomentField } from "../moment-field.tsx";
import {
  type AddressChanges,
  earlierMonths,
  fieldText,
  freeInAddress,
  namedInAddress,
  namedRange,
  NO_RANGE,
  QUICK_RANGES,
  type QuickRangeName,
  rangeInWords,
  type ShownRange,
} from "./time-range.ts";

/** Months before the last one that are offered by name. */
const MONTHS_OFFERED = 4;

interface Props {
  range: ShownRange;
  /** Puts the chosen range into the address. */
  set: (changes: AddressChanges) => void;
  /** Range of addresses without one. */
  usual?: QuickRangeName;
}

/** Menu for a time range: by name, or from one moment to another, in a zone that it names. */
export function TimeRangePicker({ range, set, usual = "all" }: Props) {
  const [isOpen, setOpen] = useState(false);
  const apply = (changes: AddressChanges) => {
    set(changes);
    setOpen(false);
  };
  const isUsual = range.name === usual;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-md"
          variant={isUsual ? "default" : "light"}
          leftSection={<IconClock size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={t("Time: {range} ({zone})", { range: rangeInWords(range), zone: range.zone })}
          onClick={() => setOpen(!isOpen)}
          data-range={range.name ?? "free"}
        >
          {rangeInWords(range)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm" w={300} maw="calc(100vw - 48px)">
          <QuickRanges range={range} onChoose={(name) => apply(namedInAddress(name, range.zone))} />
          <FreeRange key={range.zone} range={range} onSet={apply} />
          <ZoneSelect zone={range.zone} onChoose={(zone) => set({ zone })} />
          {!isUsual && (
            <Button size="compact-sm" variant="subtle" onClick={() => apply(NO_RANGE)}>
              {QUICK_RANGES[usual].label}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function ZoneSelect({ zone, onChoose }: { zone: string; onChoose: (zone: string) => void }) {
  const ofProject = useProjectZone();
  const labelOf = (name: string) => {
    if (name === ZONE) return t("{zone} (this browser)", { zone: name });
    return name === ofProject ? t("{zone} (the project)", { zone: name }) : name;
  };
  const zones = new Set([ZONE, ...(ofProject === undefined ? [] : [ofProject]), "UTC", zone]);
  return (
    <NativeSelect
      label={t("Time zone")}
      size="xs"
      value={zone}
      data={[...zones].map((name) => ({ value: name, label: labelOf(name) }))}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

interface QuickProps {
  range: ShownRange;
  onChoose: (name: string) => void;
}

function QuickRanges({ range, onChoose }: QuickProps) {
  const names = Object.keys(QUICK_RANGES).filter((name) => name !== "all");
  const months = earlierMonths({ now: new Date(), zone: range.zone }, MONTHS_OFFERED);
  return (
    <Group gap={4} role="group" aria-label={t("Ranges by name")}>
      {[...names, ...months].map((name, index) => (
        <Button
          key={name}
          size="compact-sm"
          variant={range.name === name ? "filled" : "light"}
          aria-pressed={range.name === name}
          onClick={() => onChoose(name)}
          {...(index === 0 && { "data-autofocus": true })}
        >
          {namedRange(name)?.label}
        </Button>
      ))}
    </Group>
  );
}

interface FreeProps {
  range: ShownRange;
  onSet: (changes: AddressChanges) => void;
}

function FreeRange({ range: { from, to, zone }, onSet }: FreeProps) {
  const [since, setSince] = useState(fieldText(from, zone));
  const [until, setUntil] = useState(fieldText(to, zone));
  const isReversed = since !== "" && until !== "" && since > until;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReversed) onSet(freeInAddress(since, until, zone));
      }}
    >
      <Stack gap="xs">
        <MomentField label={t("From")} value={since} zone={zone} onChange={setSince} />
        <MomentField
          label={t("To")}
          value={until}
          zone={zone}
          error={isReversed && t("must be after From")}
          onChange={setUntil}
        />
        <Group justify="flex-end">
          <Button type="submit" size="compact-md">
            {t("Apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
