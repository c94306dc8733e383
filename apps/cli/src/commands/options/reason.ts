import { trimmedText } from "@call-log/model";

/** Option: why something is paused, in words for whoever wonders why nothing rings. */
export const reason = trimmedText(200);
