import { timestampInput } from "@call-log/model";

/** An option that is a time in the future. */
export const laterTime = timestampInput.refine((time) => time > new Date(), {
  error: "must be in the future",
});
