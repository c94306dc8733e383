import { Badge, Tooltip } from "@mantine/core";

import { statusName, statusWording } from "../words/status-words.ts";
import { iconOf } from "./status-icon.ts";
import { toneOf } from "./status-tone.ts";

/** A status with its colour and icon, and its meaning on hover. */
export function StatusPill({ status, large = false }: { status: string; large?: boolean }) {
  const [tone, Icon] = [toneOf(status), iconOf(status)];
  const pill = (
    <Badge
      color={tone}
      variant="light"
      size={large ? "xl" : "md"}
      miw="max-content"
      leftSection={<Icon size={large ? 18 : 13} stroke={2.2} aria-hidden />}
      data-tone={tone}
    >
      {statusName(status)}
    </Badge>
  );
  const wording = statusWording(status);
  return wording === undefined ? pill : <Tooltip label={wording}>{pill}</Tooltip>;
}
