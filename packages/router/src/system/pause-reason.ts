import { trimmedText } from "@call-log/model";

/** Why something is paused, in words for whoever reads why calls wait. */
export const pauseReason = trimmedText(200);
