import { timestampInput } from "@call-log/model";
import { z } from "zod";

const MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const AGO = /^(\d{1,5})([mhd])$/;

/** An option that is a point in time: a time with its zone, a day in UTC, or how long ago it is such as 90m, 24h, 7d. */
export const timeOption = z.string().transform((text, context): Date => {
  const ago = AGO.exec(text);
  if (ago !== null) return new Date(Date.now() - Number(ago[1]) * MS[ago[2] as keyof typeof MS]);
  const time = timestampInput.safeParse(
    z.iso.date().safeParse(text).success ? `${text}T00:00:00Z` : text,
  );
  if (time.success) return time.data;
  context.addIssue({
    code: "custom",
    message:
      "must be a time with its zone such as 2026-11-23T03:12:00Z, a day in UTC such as 2026-11-23, or how long ago such as 90m, 24h or 7d",
  });
  return z.NEVER;
});
