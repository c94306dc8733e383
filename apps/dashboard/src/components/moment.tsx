import { Text, Tooltip } from "@mantine/core";
import type { ReactElement } from "react";

import { ageText } from "../format/age.ts";
import { dayMinute, dayTime, ZONE } from "../format/time.ts";
import { shortZoneText, zoneText } from "../format/zone.ts";
import { leftToRight } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { useFromNow } from "./clock.ts";

interface Props {
  iso: string;
  /** How the time is written; to the second only where rows stand in order of time. @defaultValue to the minute */
  format?: (iso: string) => string;
  /** Writes how long ago it was behind it: "24 Nov 2026 03:13, 3 min ago". */
  hasAge?: boolean;
  /** Names the zone behind it, for a place far from a sentence that names it. */
  hasZone?: boolean;
}

/** A time in the browser's zone; on hover and focus its age, the zone and UTC. */
export function Moment({ iso, format = dayMinute, hasAge = false, hasZone = false }: Props) {
  return (
    <Exact iso={iso}>
      <time dateTime={iso}>
        {format(iso)}
        {hasZone && ` ${ZONE}`}
        {hasAge && (
          <span className="age">
            , <AgeText iso={iso} />
          </span>
        )}
      </time>
    </Exact>
  );
}

function AgeText({ iso }: { iso: string }) {
  return <>{useFromNow((now) => ageText(iso, now))}</>;
}

/** The zone in which every screen shows its times, once at its head. */
export function ZoneName() {
  return (
    <Text
      size="xs"
      c="dimmed"
      truncate
      title={t("Times are in {zone}", { zone: zoneText() })}
      data-zone
    >
      {leftToRight(shortZoneText())}
    </Text>
  );
}

function Exact({ iso, children }: { iso: string; children: ReactElement }) {
  return <Tooltip label={<Hint iso={iso} />}>{children}</Tooltip>;
}

function Hint({ iso }: { iso: string }) {
  const at = new Date(iso);
  return (
    <>
      <AgeText iso={iso} />
      <br />
      {dayTime(iso)} {zoneText(ZONE, at)}
      <br />
      {iso.replace("T", " ").replace("Z", "")} UTC
    </>
  );
}
