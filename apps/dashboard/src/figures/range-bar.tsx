import { Button, Group, NativeSelect, Text, TextInput } from "@mantine/core";

import { TimeRangePicker } from "../components/time-range/time-range-picker.tsx";
import {
  namedInAddress,
  namedRange,
  type QuickRangeName,
} from "../components/time-range/time-range.ts";
import { wallTime } from "../components/time-range/zoned-time.ts";
import { ZONE } from "../format/time.ts";
import { t } from "../language/translate.ts";
import { COMPARISONS, comparisonOf } from "./compared-range.ts";
import type { FiguresAddress } from "./use-figures-address.ts";

/** Months that are offered as buttons of their own. */
const MONTHS = 3;
/** Quick ranges that are these months, the latest first. */
const ALSO_CALLED: readonly string[] = ["this-month", "last-month"] satisfies QuickRangeName[];

interface Props {
  asked: FiguresAddress;
  usual: QuickRangeName;
}

/** The range, the last months by name, what it is compared with, and the filters that hold. */
export function RangeBar({ asked, usual }: Props) {
  const { range, address, set } = asked;
  return (
    <>
      <Group gap="xs">
        <TimeRangePicker range={range} set={set} usual={usual} />
        <Group gap={4} className="chip-row" role="group" aria-label={t("Months")}>
          {lastMonths(new Date(), range.zone).map((name, index) => {
            const isChosen = range.name === name || range.name === ALSO_CALLED[index];
            return (
              <Button
                key={name}
                size="compact-md"
                variant={isChosen ? "filled" : "default"}
                aria-pressed={isChosen}
                onClick={() => set(namedInAddress(name, range.zone))}
              >
                {namedRange(name)?.label}
              </Button>
            );
          })}
        </Group>
        <NativeSelect
          aria-label={t("Compare with")}
          size="xs"
          value={comparisonOf(address)}
          data={Object.entries(COMPARISONS).map(([value, label]) => ({ value, label }))}
          onChange={(event) => set({ compare: event.currentTarget.value })}
        />
        <Text size="sm">
          {range.zone === ZONE
            ? t("All days and hours are by the clock of {zone}.", { zone: range.zone })
            : t("All days and hours are by the clock of {zone}, other times by that of {own}.", {
                zone: range.zone,
                own: ZONE,
              })}
        </Text>
      </Group>
      {comparisonOf(address) === "free" && <FreeComparison asked={asked} />}
      <Filters asked={asked} />
    </>
  );
}

/** The months up to the present one, the latest first. */
function lastMonths(now: Date, zone: string): string[] {
  const { year, month } = wallTime(now, zone);
  return Array.from({ length: MONTHS }, (_, index) =>
    new Date(Date.UTC(year, month - 1 - index)).toISOString().slice(0, 7),
  );
}

function FreeComparison({ asked: { address, set, compared } }: Pick<Props, "asked">) {
  const field = (label: string, param: string) => (
    <TextInput
      type="date"
      size="xs"
      label={label}
      value={address.get(param) ?? ""}
      onChange={(event) => set({ [param]: event.currentTarget.value })}
    />
  );
  return (
    <Group gap="xs" align="end">
      {field(t("Compared from"), "compare-since")}
      {field(t("Compared until"), "compare-until")}
      {compared === undefined && <Text size="sm">{t("Choose the first and the last day.")}</Text>}
    </Group>
  );
}

function Filters({ asked: { chosen, set } }: Pick<Props, "asked">) {
  if (chosen.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t("Filters")}>
      {chosen.map(({ filter: { param, label }, value }) => (
        <Button
          key={param}
          size="compact-sm"
          variant="default"
          aria-label={t("Remove the filter {label}: {value}", { label, value })}
          onClick={() => set({ [param]: undefined })}
        >
          {label}: {value} ×
        </Button>
      ))}
    </Group>
  );
}
