import { CALL_STATUSES } from "@call-log/model";
import { Badge, Tooltip } from "@mantine/core";

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
      {status}
    </Badge>
  );
  if (!Object.hasOwn(CALL_STATUSES, status)) return pill;
  const { wording } = CALL_STATUSES[status as keyof typeof CALL_STATUSES];
  return <Tooltip label={wording}>{pill}</Tooltip>;
}
