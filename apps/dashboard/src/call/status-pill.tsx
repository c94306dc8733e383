import { CALL_STATUSES } from "@call-log/model";
import { Badge, Tooltip } from "@mantine/core";

/** A status with its colour, and its meaning on hover. */
export function StatusPill({ status, large = false }: { status: string; large?: boolean }) {
  const entry = Object.hasOwn(CALL_STATUSES, status)
    ? CALL_STATUSES[status as keyof typeof CALL_STATUSES]
    : undefined;
  const pill = (
    <Badge
      color={entry?.color ?? "gray"}
      variant="light"
      size={large ? "xl" : "md"}
      autoContrast
      tt="none"
      miw="max-content"
      className={`pill pill-${entry?.color ?? "gray"}`}
    >
      {status}
    </Badge>
  );
  return entry === undefined ? pill : <Tooltip label={entry.wording}>{pill}</Tooltip>;
}
